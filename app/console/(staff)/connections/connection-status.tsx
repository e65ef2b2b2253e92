import { CircleDashed } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import { Status } from '@/components/ui/status'
import type { ConnectionView } from '@/lib/reports/connections'

/** In step, needs you, or not connected. */
export function ConnectionStatus({ connection }: { connection: ConnectionView | undefined }) {
  if (connection === undefined) return <Badge icon={CircleDashed}>Not connected</Badge>
  if (connection.state === 'needs_reconnect')
    return (
      <Status of="sync" is="needs_you">
        Connect again
      </Status>
    )
  return connection.missing.length > 0 ? (
    <Status of="sync" is="needs_you">
      {connection.missing.length === 1 ? '1 right missing' : `${connection.missing.length} rights missing`}
    </Status>
  ) : (
    <Status of="sync" is="in_step">
      Connected
    </Status>
  )
}
