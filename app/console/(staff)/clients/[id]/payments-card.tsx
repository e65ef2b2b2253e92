import { Card } from '@/components/ui/card'
import { RowLink } from '@/components/ui/row-link'
import { Status } from '@/components/ui/status'
import { Table, Tbody, Td, Th, Tr } from '@/components/ui/table'
import type { AttemptView } from '@/lib/payments/attempt'
import { cash } from '../../cash'
import { at } from '../../when'

/** The last payments of a client. */
export function PaymentsCard({ attempts, timeZone }: { attempts: AttemptView[]; timeZone: string }) {
  if (attempts.length === 0) return null
  return (
    <Card title="Payments" flush>
      <Table caption="The last payments">
        <thead>
          <tr>
            <Th>Started</Th>
            <Th wideOnly>Invoices</Th>
            <Th wideOnly>Method</Th>
            <Th>Status</Th>
            <Th num>Amount</Th>
          </tr>
        </thead>
        <Tbody>
          {attempts.map(({ id, createdAt, allocations, methodLabel, state, amount }) => (
            <Tr key={id} opens>
              <Td>
                <RowLink href={`/console/payments/${id}`} className="num">
                  {at(createdAt, timeZone)}
                </RowLink>
              </Td>
              <Td wideOnly className="text-text-2">
                {allocations.map(({ number }) => number).join(', ')}
              </Td>
              <Td wideOnly className="text-text-2">
                {methodLabel ?? '–'}
              </Td>
              <Td>
                <Status of="attempt" is={state} />
              </Td>
              <Td num className="font-medium">
                {cash(amount)}
              </Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
    </Card>
  )
}
