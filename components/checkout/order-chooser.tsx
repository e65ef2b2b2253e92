'use client'

import { Card } from '@/components/ui/card'
import type { CheckoutFacts } from './checkout'
import { OrderBy } from './order-by'
import { OrderList } from './order-list'
import type { UsedOrder } from './use-order'

/** Which of several invoices are paid, and how much on each; or one sum that pays the oldest first. */
export function OrderChooser({ facts, used }: { facts: CheckoutFacts; used: UsedOrder }) {
  return (
    <Card flush title={facts.words.chooseWhat} aside={<OrderBy facts={facts} used={used} />}>
      <OrderList facts={facts} used={used} />
    </Card>
  )
}
