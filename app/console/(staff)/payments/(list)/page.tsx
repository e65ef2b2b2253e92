import { z } from 'zod'
import { Card } from '@/components/ui/card'
import { Empty } from '@/components/ui/empty'
import { PageHeader } from '@/components/ui/page-header'
import { RowLink } from '@/components/ui/row-link'
import { Status } from '@/components/ui/status'
import { Table, Tbody, Td, Th, Tr } from '@/components/ui/table'
import { requireStaff } from '@/lib/access/require-staff'
import { todayIn } from '@/lib/base/clock'
import type { AttemptState, AttemptView } from '@/lib/payments/attempt'
import { listAttempts } from '@/lib/payments/queries'
import { getShell } from '@/lib/reports/shell'
import { address } from '../../address'
import { cash } from '../../cash'
import { readCursor, writeCursor } from '../../cursor'
import { FilterTabs } from '../../filter-tabs'
import { MoreRows } from '../../more-rows'
import { PageFrame } from '../../page-frame'
import { at, onDay } from '../../when'

export const metadata = { title: 'Payments' }

const filters: Record<string, { name: string; states?: AttemptState[] }> = {
  all: { name: 'All' },
  way: { name: 'On its way', states: ['sent', 'requires_action', 'processing'] },
  paid: { name: 'Succeeded', states: ['succeeded', 'part_refunded'] },
  back: { name: 'Came back', states: ['returned', 'disputed', 'refunded'] },
  declined: { name: 'Declined', states: ['failed', 'canceled'] },
  checking: { name: 'Checking', states: ['unknown'] },
}
const After = z.object({ createdAt: z.iso.datetime(), id: z.uuid() })

type Search = { show?: string; after?: string }

export default async function PaymentsPage({ searchParams }: { searchParams: Promise<Search> }) {
  const actor = await requireStaff()
  const search = await searchParams
  const show = search.show !== undefined && search.show in filters ? search.show : 'all'
  const states = filters[show]?.states
  const after = readCursor(After, search.after)
  const [{ items, next }, { timeZone }] = await Promise.all([
    listAttempts(actor, { ...(states === undefined ? {} : { states }), ...(after === undefined ? {} : { after }) }),
    getShell(actor),
  ])
  const shown = show === 'all' ? undefined : show
  return (
    <PageFrame crumbs={[{ name: 'Payments' }]}>
      <PageHeader title="Payments" sub="Every try to move money, newest first." />
      <FilterTabs
        name="Show"
        tabs={Object.entries(filters).map(([key, { name }]) => ({
          name,
          href: address('/console/payments', { show: key === 'all' ? undefined : key }),
          here: key === show,
        }))}
      />
      <Card flush>
        {items.length === 0 ? (
          <Empty title="No payments here">
            A payment appears the moment a client presses Pay, whatever becomes of it.
          </Empty>
        ) : (
          <Table caption="Payments">
            <thead>
              <tr>
                <Th>Client</Th>
                <Th wideOnly>Invoices</Th>
                <Th wideOnly>Method</Th>
                <Th wideOnly>Status</Th>
                <Th wideOnly>Started</Th>
                <Th num>Amount</Th>
              </tr>
            </thead>
            <Tbody>
              {items.map((attempt) => (
                <Row key={attempt.id} attempt={attempt} timeZone={timeZone} />
              ))}
            </Tbody>
          </Table>
        )}
      </Card>
      <MoreRows
        {...(next === undefined
          ? {}
          : { next: address('/console/payments', { show: shown, after: writeCursor(next) }) })}
        {...(after === undefined ? {} : { first: address('/console/payments', { show: shown }) })}
      />
    </PageFrame>
  )
}

function Row({ attempt, timeZone }: { attempt: AttemptView; timeZone: string }) {
  const { id, clientName, state, amount, methodLabel, clearsOn, createdAt, allocations } = attempt
  const numbers = allocations.map(({ number }) => number)
  const status = (
    <Status of="attempt" is={state}>
      {state === 'processing' && clearsOn !== undefined
        ? `On its way, by ${onDay(clearsOn, todayIn(timeZone))}`
        : undefined}
    </Status>
  )
  return (
    <Tr opens>
      <Td>
        <RowLink href={`/console/payments/${id}`}>{clientName}</RowLink>
        <p className="text-text-3 text-xs wide:hidden">{numbers.join(', ')}</p>
        <p className="mt-1 wide:hidden">{status}</p>
      </Td>
      <Td wideOnly className="text-text-2">
        {numbers.length > 3 ? `${numbers.slice(0, 3).join(', ')} and ${numbers.length - 3} more` : numbers.join(', ')}
      </Td>
      <Td wideOnly className="text-text-2">
        {methodLabel ?? '–'}
      </Td>
      <Td wideOnly>{status}</Td>
      <Td wideOnly className="num text-text-2">
        {at(createdAt, timeZone)}
      </Td>
      <Td num className="font-medium">
        {cash(amount)}
      </Td>
    </Tr>
  )
}
