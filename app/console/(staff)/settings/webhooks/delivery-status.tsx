import { Status } from '@/components/ui/status'
import type { DeliveryRow } from '@/lib/webhooks/read-deliveries'

/** How far an event has come on its way to an endpoint. */
export function DeliveryStatus({ delivery, plain = false }: { delivery: DeliveryRow; plain?: boolean }) {
  return <Status of="delivery" is={stateOf(delivery)} plain={plain} />
}

function stateOf({ state, tries }: DeliveryRow): 'waiting' | 'retrying' | 'delivered' | 'failed' {
  return state === 'waiting' && tries > 0 ? 'retrying' : state
}
