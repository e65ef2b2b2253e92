import { TriangleAlert } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import { PageHeader } from '@/components/ui/page-header'
import { mayManage } from '@/lib/access/actor'
import { requireStaff } from '@/lib/access/require-staff'
import { readAutopay } from '@/lib/autopay/read-autopay'
import { todayIn } from '@/lib/base/clock'
import type { ClientView } from '@/lib/billing/client'
import { listInvoices } from '@/lib/billing/queries'
import { sum } from '@/lib/money/money'
import { listKeptPapers } from '@/lib/papers/read-papers'
import { listMethods } from '@/lib/payments/list-methods'
import { listScheduled } from '@/lib/payments/list-scheduled'
import { listAttempts } from '@/lib/payments/queries'
import { getClientTimeline } from '@/lib/reports/client-timeline'
import { getShell } from '@/lib/reports/shell'
import { cash } from '../../cash'
import { Figures } from '../../figures'
import { PageFrame } from '../../page-frame'
import { TwoColumns } from '../../two-columns'
import { AgreementsCard } from './agreements-card'
import { AutopayCard } from './autopay-card'
import { ContactsCard } from './contacts-card'
import { OpenInvoicesCard } from './open-invoices-card'
import { PapersCard } from './papers-card'
import { PaymentsCard } from './payments-card'
import { readClient } from './read-client'
import { SavedCard } from './saved-card'
import { TimelineCard } from './timeline-card'
import { ViewAsDialog } from './view-as-dialog'

export const metadata = { title: 'Client' }

export default async function ClientPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireStaff()
  const { id } = await params
  const client = await readClient(id)
  const [methods, scheduled, autopay, open, attempts, events, papers, { timeZone }] = await Promise.all([
    listMethods(actor, id),
    listScheduled(actor, id),
    readAutopay(actor, id),
    listInvoices(actor, { clientId: id, filter: 'open' }),
    listAttempts(actor, { clientId: id }),
    getClientTimeline(actor, id),
    listKeptPapers(actor, id),
    getShell(actor),
  ])
  const today = todayIn(timeZone)
  const currency = client.open.currency
  const underWay = attempts.items.filter(({ state }) => state === 'processing')
  return (
    <PageFrame
      crumbs={[{ name: 'Clients', href: '/console/clients' }, { name: client.name }]}
      acts={mayManage(actor) && <ViewAsDialog id={id} clientName={client.name} />}
    >
      <PageHeader
        title={client.name}
        sub={subOf(client)}
        aside={
          client.overdue.minor > 0n && (
            <Badge tone="bad" icon={TriangleAlert}>
              {cash(client.overdue)} overdue
            </Badge>
          )
        }
      />
      <Figures
        name="Where this client stands"
        figures={[
          {
            label: 'Open',
            value: cash(client.open),
            note:
              client.overdue.minor > 0n ? (
                <span className="text-bad">{cash(client.overdue)} overdue</span>
              ) : (
                'Nothing overdue'
              ),
          },
          {
            label: 'On its way',
            value: cash(
              sum(
                underWay.map(({ amount }) => amount),
                currency,
              ),
            ),
            note:
              underWay.length === 0
                ? 'Nothing under way'
                : underWay.length === 1
                  ? '1 bank debit'
                  : `${underWay.length} bank debits`,
          },
          {
            label: 'Open invoices',
            value: String(client.openCount),
            note: client.termsDays === undefined ? 'No terms in the PSA' : `Terms: net ${client.termsDays}`,
          },
          {
            label: 'Unapplied credit',
            value: cash(client.credit),
            note: client.credit.minor === 0n ? 'None' : 'Pays no invoice yet',
          },
        ]}
      />
      <TwoColumns
        main={
          <>
            <OpenInvoicesCard list={open} clientName={client.name} today={today} />
            <PaymentsCard attempts={attempts.items.slice(0, 10)} timeZone={timeZone} />
            {autopay !== undefined && <AutopayCard autopay={autopay} today={today} />}
            <SavedCard methods={methods} scheduled={scheduled} today={today} />
            <AgreementsCard agreements={client.agreements} today={today} />
          </>
        }
        side={
          <>
            <ContactsCard client={client} canErase={actor.role === 'owner'} />
            <PapersCard clientId={id} papers={papers} canManage={mayManage(actor)} />
            <TimelineCard events={events} timeZone={timeZone} />
          </>
        }
      />
    </PageFrame>
  )
}

function subOf({ address: { city, region }, contacts, identifier }: ClientView): string {
  const place = [city, region].filter((part) => part !== '').join(', ')
  const payer = contacts.find(({ isBilling }) => isBilling)
  return [
    place,
    payer === undefined ? '' : `${payer.name} gets the invoices`,
    identifier === '' ? '' : `${identifier} in the PSA`,
  ]
    .filter((part) => part !== '')
    .map((part) => `${part}.`)
    .join(' ')
}
