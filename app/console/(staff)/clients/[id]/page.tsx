import { TriangleAlert } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { SubmitButton } from '@/components/ui/submit-button'
import { mayManage } from '@/lib/access/actor'
import { listPortalContacts } from '@/lib/access/appoint-contact'
import { requireStaff } from '@/lib/access/require-staff'
import { readAutopay } from '@/lib/autopay/read-autopay'
import { todayIn } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import type { ClientView } from '@/lib/billing/client'
import { type InvoiceRecipient, invoiceRecipients } from '@/lib/billing/invoice-recipients'
import { billingContact, listInvoices } from '@/lib/billing/queries'
import { listKeptPapers } from '@/lib/papers/read-papers'
import { listAgreementMethods } from '@/lib/payments/list-agreement-methods'
import { listMethods } from '@/lib/payments/list-methods'
import { listScheduled } from '@/lib/payments/list-scheduled'
import { listAttempts } from '@/lib/payments/queries'
import { getClientTimeline } from '@/lib/reports/client-timeline'
import { openLinks } from '@/lib/reports/open-links'
import { getShell } from '@/lib/reports/shell'
import { listOf } from '@/messages/words'
import { cash } from '../../cash'
import { Figures } from '../../figures'
import { LinksCard } from '../../links-card'
import { PageFrame } from '../../page-frame'
import { TwoColumns } from '../../two-columns'
import { AgreementsCard } from './agreements-card'
import { newsOf } from './appointed'
import { AutopayCard } from './autopay-card'
import { clientFigures } from './client-figures'
import { ContactsCard } from './contacts-card'
import { OpenInvoicesCard } from './open-invoices-card'
import { PapersCard } from './papers-card'
import { PaymentsCard } from './payments-card'
import { PortalCard } from './portal-card'
import { readClient } from './read-client'
import { SavedCard } from './saved-card'
import { closeStatementLinks, sendOpenInvoices } from './statement-acts'
import { StatementNotice } from './statement-notice'
import { TimelineCard } from './timeline-card'
import { ViewAsDialog } from './view-as-dialog'

export const metadata = { title: 'Client' }

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ statement?: string; said?: string }> }

export default async function ClientPage({ params, searchParams }: Props) {
  const actor = await requireStaff()
  const [{ id }, { statement, said }] = await Promise.all([params, searchParams])
  const client = await readClient(id)
  const [saved, autopay, open, attempts, events, papers, people, recipients, { timeZone }, links, payer] =
    await Promise.all([
      Promise.all([listMethods(actor, id), listAgreementMethods(actor, id), listScheduled(actor, id)]),
      readAutopay(actor, id),
      listInvoices(actor, { clientId: id, filter: 'open' }),
      listAttempts(actor, { clientId: id }),
      getClientTimeline(actor, id),
      listKeptPapers(actor, id),
      listPortalContacts(actor, id),
      withTenant(actor.tenantId, (tx) => invoiceRecipients(tx, id)),
      getShell(actor),
      withTenant(actor.tenantId, (tx) => openLinks(tx, { clientId: id })),
      withTenant(actor.tenantId, (tx) => billingContact(tx, id)),
    ])
  const [methods, paidWith, scheduled] = saved
  const today = todayIn(timeZone)
  const told = newsOf(said)
  const late = [client, ...client.others].filter(({ overdue }) => overdue.minor > 0n).map((one) => cash(one.overdue))
  return (
    <PageFrame
      crumbs={[{ name: 'Clients', href: '/console/clients' }, { name: client.name }]}
      acts={
        mayManage(actor) && (
          <>
            {client.openCount > 0 && (
              <form action={sendOpenInvoices}>
                <input type="hidden" name="id" value={id} />
                <SubmitButton tone="plain" busy="Sending">
                  Send open invoices{payer !== undefined && ` to ${payer.name}`}
                </SubmitButton>
              </form>
            )}
            <ViewAsDialog id={id} clientName={client.name} />
          </>
        )
      }
    >
      <PageHeader
        title={client.name}
        sub={subOf(client, recipients)}
        aside={
          late.length > 0 && (
            <Badge tone="bad" icon={TriangleAlert}>
              {late.join(' and ')} overdue
            </Badge>
          )
        }
      />
      <StatementNotice said={statement} to={payer?.email} />
      {told !== undefined && (
        <Notice tone={told.tone} role="status">
          {told.text}
        </Notice>
      )}
      <Figures
        name="Where this client stands"
        figures={clientFigures(
          client,
          attempts.items.filter(({ state }) => state === 'processing'),
        )}
      />
      <TwoColumns
        main={
          <>
            <OpenInvoicesCard list={open} clientName={client.name} today={today} />
            <PaymentsCard attempts={attempts.items.slice(0, 10)} timeZone={timeZone} />
            {autopay !== undefined && <AutopayCard autopay={autopay} today={today} />}
            <SavedCard methods={methods} scheduled={scheduled} today={today} />
            <AgreementsCard agreements={client.agreements} paidWith={paidWith} today={today} />
          </>
        }
        side={
          <>
            <ContactsCard client={client} hasRecipient={recipients.length > 0} canErase={actor.role === 'owner'} />
            <PortalCard clientId={id} people={people} canAppoint={mayManage(actor)} timeZone={timeZone} />
            <LinksCard
              title="Links that open its statement"
              links={links}
              timeZone={timeZone}
              close={
                mayManage(actor)
                  ? {
                      ...{ id, act: closeStatementLinks, question: 'Close all links to this statement?' },
                      note: 'Links to single invoices stay open.',
                    }
                  : undefined
              }
            />
            <PapersCard clientId={id} papers={papers} canManage={mayManage(actor)} />
            <TimelineCard events={events} timeZone={timeZone} />
          </>
        }
      />
    </PageFrame>
  )
}

function subOf({ address: { city, region }, identifier }: ClientView, recipients: InvoiceRecipient[]): string {
  const place = [city, region].filter((part) => part !== '').join(', ')
  const names = recipients.map(({ name }) => name)
  return [
    place,
    names.length === 0 ? '' : `${listOf(names, 'en-US')} ${names.length === 1 ? 'gets' : 'get'} the invoices`,
    identifier === '' ? '' : `${identifier} in the PSA`,
  ]
    .filter((part) => part !== '')
    .map((part) => `${part}.`)
    .join(' ')
}
