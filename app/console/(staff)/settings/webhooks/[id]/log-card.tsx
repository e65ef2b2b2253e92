import { Inbox } from 'lucide-react'
import { Card } from '@/components/ui/card'
import { Empty } from '@/components/ui/empty'
import { RowLink } from '@/components/ui/row-link'
import { Table, Tbody, Td, Th, Tr } from '@/components/ui/table'
import type { DeliveryRow } from '@/lib/webhooks/read-deliveries'
import { at } from '../../../when'
import { DeliveryStatus } from '../delivery-status'

type Props = { endpointId: string; deliveries: DeliveryRow[]; timeZone: string }

/** What was sent there, newest first. */
export function LogCard({ endpointId, deliveries, timeZone }: Props) {
  return (
    <Card title="Log" flush>
      {deliveries.length === 0 ? (
        <Empty icon={Inbox} title="Nothing sent yet">
          What happens appears here as it is sent. A ping tries it now.
        </Empty>
      ) : (
        <Table caption="What was sent" wide>
          <thead>
            <tr>
              <Th>Event</Th>
              <Th>State</Th>
              <Th num>Answer</Th>
              <Th num>Tries</Th>
              <Th num>Written</Th>
            </tr>
          </thead>
          <Tbody>
            {deliveries.map((delivery) => (
              <Tr key={delivery.id} opens>
                <Td>
                  <RowLink href={`/console/settings/webhooks/${endpointId}/${delivery.id}`} className="mono">
                    {delivery.type}
                  </RowLink>
                </Td>
                <Td>
                  <DeliveryStatus delivery={delivery} plain />
                </Td>
                <Td num>{delivery.status ?? (delivery.error === null ? '–' : 'none')}</Td>
                <Td num>{delivery.tries}</Td>
                <Td num className="whitespace-nowrap">
                  {at(delivery.createdAt, timeZone)}
                </Td>
              </Tr>
            ))}
          </Tbody>
        </Table>
      )}
    </Card>
  )
}
