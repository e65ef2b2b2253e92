import { Ban, CircleArrowRight, CircleCheck, Clock, OctagonX } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import type { PayoutState } from '@/lib/settlement/payout-view'

/** How a payout stands on its way from Stripe to the bank. */
export function PayoutStatus({ state }: { state: PayoutState }) {
  switch (state) {
    case 'pending':
      return <Badge icon={Clock}>Waiting</Badge>
    case 'in_transit':
      return (
        <Badge tone="move" icon={CircleArrowRight}>
          On its way
        </Badge>
      )
    case 'paid':
      return (
        <Badge tone="good" icon={CircleCheck}>
          Arrived
        </Badge>
      )
    case 'failed':
      return (
        <Badge tone="bad" icon={OctagonX}>
          Failed
        </Badge>
      )
    case 'canceled':
      return <Badge icon={Ban}>Canceled</Badge>
  }
}
