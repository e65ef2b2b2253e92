import { Card } from '@/components/ui/card'
import { Table, Tbody, Td, Th, Tr } from '@/components/ui/table'
import type { PlainDate } from '@/lib/base/clock'
import { type MethodView, standingOfMethod } from '@/lib/payments/method'
import type { ScheduledView } from '@/lib/payments/scheduled'
import { formatDay } from '@/messages/date'
import { cash } from '../../cash'

type Props = { methods: MethodView[]; scheduled: ScheduledView[]; today: PlainDate }

const standings = { good: 'Good', 'expires-soon': 'Expires soon', expired: 'Expired', blocked: 'Blocked by its bank' }

/** What the client has saved, and what it has set to be paid on a date. Staff see it; charging and changing is the client's. */
export function SavedCard({ methods, scheduled, today }: Props) {
  if (methods.length === 0 && scheduled.length === 0) return null
  return (
    <>
      {scheduled.length > 0 && (
        <Card title="Scheduled payments" flush>
          <Table caption="Payments the client has set for a date">
            <thead>
              <tr>
                <Th>Runs on</Th>
                <Th wideOnly>Invoices</Th>
                <Th wideOnly>Method</Th>
                <Th num>Amount</Th>
              </tr>
            </thead>
            <Tbody>
              {scheduled.map(({ id, runOn, parts, methodLabel, amount }) => (
                <Tr key={id}>
                  <Td className="num">{formatDay(runOn, 'en-US', 'table', today)}</Td>
                  <Td wideOnly className="text-text-2">
                    {parts.map(({ number }) => number).join(', ')}
                  </Td>
                  <Td wideOnly className="text-text-2">
                    {methodLabel}
                  </Td>
                  <Td num className="font-medium">
                    {cash(amount)}
                  </Td>
                </Tr>
              ))}
            </Tbody>
          </Table>
        </Card>
      )}
      {methods.length > 0 && (
        <Card title="Saved methods" flush>
          <Table caption="Cards and accounts the client has saved">
            <thead>
              <tr>
                <Th>Method</Th>
                <Th wideOnly>Kind</Th>
                <Th>Standing</Th>
              </tr>
            </thead>
            <Tbody>
              {methods.map((method) => (
                <Tr key={method.id}>
                  <Td>
                    {method.label}
                    {method.isDefault && <span className="text-text-3"> · offered first</span>}
                  </Td>
                  <Td wideOnly className="text-text-2">
                    {kindOf(method)}
                  </Td>
                  <Td className="text-text-2">{standings[standingOfMethod(method, today)]}</Td>
                </Tr>
              ))}
            </Tbody>
          </Table>
        </Card>
      )}
    </>
  )
}

function kindOf({ type, accountKind }: MethodView): string {
  if (type === 'card') return 'Card'
  return accountKind === 'personal' ? 'Personal bank account' : 'Business bank account'
}
