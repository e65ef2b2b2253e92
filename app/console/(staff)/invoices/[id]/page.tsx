import Link from 'next/link'
import { Card } from '@/components/ui/card'
import { KeyValue } from '@/components/ui/key-value'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { mayManage, mayReadTrail } from '@/lib/access/actor'
import { requireStaff } from '@/lib/access/require-staff'
import { todayIn } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { holdsOf } from '@/lib/billing/holds'
import { minus } from '@/lib/money/money'
import { getInvoiceRecord } from '@/lib/reports/invoice-record'
import { readStory } from '@/lib/reports/read-story'
import { getShell } from '@/lib/reports/shell'
import { address } from '../../address'
import { cash } from '../../cash'
import { InvoiceBadge } from '../../invoice-badge'
import { LinksCard } from '../../links-card'
import { PageFrame } from '../../page-frame'
import { TwoColumns } from '../../two-columns'
import { at, onDay, onDayInFull } from '../../when'
import { AttemptsCard } from './attempts-card'
import { HoldsCard } from './holds-card'
import { InStepCard } from './in-step-card'
import { LinesCard } from './lines-card'
import { MailsCard } from './mails-card'
import { readInvoice } from './read-invoice'
import { revokeLinks } from './revoke-links'
import { SendForm } from './send-form'
import { StoryCard } from './story-card'
import { VersionsCard } from './versions-card'

export const metadata = { title: 'Invoice' }

type Props = {
  params: Promise<{ id: string }>
  searchParams: Promise<{ sent?: string; links?: string; hold?: string }>
}

export default async function InvoicePage({ params, searchParams }: Props) {
  const actor = await requireStaff()
  const { id } = await params
  const { sent, links, hold } = await searchParams
  const invoice = await readInvoice(id)
  const [story, record, { timeZone }, holds] = await Promise.all([
    readStory(actor, id),
    getInvoiceRecord(actor, invoice),
    getShell(actor),
    withTenant(actor.tenantId, (tx) => holdsOf(tx, id)),
  ])
  const today = todayIn(timeZone)
  const { number, clientId, clientName, agreementName, kind, total, tax, balance, issuedOn, dueOn } = invoice
  const isOpen = kind === 'invoice' && invoice.state === 'open' && balance.minor > 0n
  const what = kind === 'credit_memo' ? 'Credit memo' : 'Invoice'
  return (
    <PageFrame
      crumbs={[{ name: 'Invoices', href: '/console/invoices' }, { name: number }]}
      acts={
        isOpen &&
        mayManage(actor) && (
          <SendForm invoiceId={id} to={record.billingContact} sentBefore={invoice.sentAt !== undefined} />
        )
      }
    >
      <PageHeader
        title={
          <>
            {what} <span className="num">{number}</span>
          </>
        }
        sub={
          <>
            <Link href={`/console/clients/${clientId}`}>{clientName}</Link>
            {agreementName !== undefined && `, ${agreementName}`}. Issued {onDayInFull(issuedOn)}.
          </>
        }
        aside={<InvoiceBadge invoice={invoice} today={today} />}
      />
      {sent === 'yes' && (
        <Notice tone="good" role="status">
          It is being mailed{record.billingContact === undefined ? '' : ` to ${record.billingContact.email}`}.
        </Notice>
      )}
      {sent === 'no' && (
        <Notice tone="bad" role="status" title="It was not sent.">
          This client has no address for invoices. Mark a billing contact with an address in the PSA.
        </Notice>
      )}
      {links === 'closed' && (
        <Notice tone="good" role="status">
          Every link to this invoice is closed.
        </Notice>
      )}
      <TwoColumns
        main={
          <>
            <LinesCard invoice={invoice} />
            <StoryCard
              lines={story.lines}
              timeZone={timeZone}
              {...(mayReadTrail(actor) ? { trail: address('/console/audit', { object: `invoice:${id}` }) } : {})}
            />
          </>
        }
        side={
          <>
            <Card title="What it owes">
              <KeyValue
                items={[
                  { key: 'total', label: 'Total', value: cash(total) },
                  { key: 'tax', label: 'Tax in it', value: cash(tax) },
                  { key: 'paid', label: 'Paid and credited', value: cash(minus(total, balance)) },
                  {
                    key: 'open',
                    label: <b className="font-semibold text-text">Open</b>,
                    value: <b className="font-semibold">{cash(balance)}</b>,
                  },
                  { key: 'due', label: 'Due', value: onDay(dueOn, today) },
                  {
                    key: 'seen',
                    label: 'Sent, viewed',
                    value: [invoice.sentAt, invoice.viewedAt]
                      .map((time) => (time === undefined ? 'not yet' : at(time, timeZone, today)))
                      .join(', '),
                  },
                ]}
              />
            </Card>
            <HoldsCard
              invoiceId={id}
              holds={holds}
              timeZone={timeZone}
              said={hold}
              canManage={mayManage(actor)}
              isOpen={isOpen}
            />
            <InStepCard record={record} invoice={invoice} />
            <AttemptsCard attempts={record.attempts} timeZone={timeZone} />
            <MailsCard messages={record.messages} timeZone={timeZone} />
            <LinksCard
              title="Links that open it"
              links={record.links}
              timeZone={timeZone}
              close={
                mayManage(actor)
                  ? {
                      ...{ id, act: revokeLinks, question: 'Close all links to this invoice?' },
                      note: 'The link of a statement shows it too, and is closed on the page of the client.',
                    }
                  : undefined
              }
            />
            <VersionsCard versions={story.versions} timeZone={timeZone} />
          </>
        }
      />
    </PageFrame>
  )
}
