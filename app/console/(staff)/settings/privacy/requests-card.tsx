import { UserX } from 'lucide-react'
import { Card } from '@/components/ui/card'
import { Empty } from '@/components/ui/empty'
import { RowLink } from '@/components/ui/row-link'
import { Table, Tbody, Td, Th, Tr } from '@/components/ui/table'
import type { ErasureRequest } from '@/lib/privacy/erasure'
import { shortDay } from '../../when'

/** Who asked to be erased and waits for it, the longest first. */
export function RequestsCard({ requests, timeZone }: { requests: ErasureRequest[]; timeZone: string }) {
  return (
    <Card title="Asked to be erased" flush>
      {requests.length === 0 ? (
        <Empty icon={UserX} title="Nobody waits">
          Whoever asks in the portal stands here. For somebody who asks in another way, begin at their name on the
          client’s page.
        </Empty>
      ) : (
        <Table caption="Asked to be erased">
          <thead>
            <tr>
              <Th>Person</Th>
              <Th>Client</Th>
              <Th>Asked</Th>
            </tr>
          </thead>
          <Tbody>
            {requests.map(({ contactId, name, client, askedAt }) => (
              <Tr key={contactId} opens>
                <Td>
                  <RowLink href={`/console/settings/privacy/${contactId}`}>{name}</RowLink>
                </Td>
                <Td>{client.name}</Td>
                <Td>{shortDay(askedAt, timeZone)}</Td>
              </Tr>
            ))}
          </Tbody>
        </Table>
      )}
    </Card>
  )
}
