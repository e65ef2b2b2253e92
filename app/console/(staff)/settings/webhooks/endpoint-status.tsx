import { Ban, CircleCheck, CirclePause, TriangleAlert } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import type { Endpoint } from '@/lib/webhooks/endpoint'

/** How an endpoint stands: sent to and hearing, failing of late, or not sent to. */
export function EndpointStatus({ endpoint, plain = false }: { endpoint: Endpoint; plain?: boolean }) {
  switch (endpoint.state) {
    case 'on':
      return endpoint.failingSince === null ? (
        <Badge tone="good" icon={CircleCheck} plain={plain}>
          On
        </Badge>
      ) : (
        <Badge tone="warn" icon={TriangleAlert} plain={plain}>
          Failing
        </Badge>
      )
    case 'off':
      return (
        <Badge icon={CirclePause} plain={plain}>
          Off
        </Badge>
      )
    case 'stopped':
      return (
        <Badge tone="bad" icon={Ban} plain={plain}>
          Stopped
        </Badge>
      )
  }
}
