import { type SumRow, SumRows } from '@/components/money/sum-rows'
import { formatMoney } from '@/lib/money/format'
import { money } from '@/lib/money/money'
import type { OrderPlan } from '@/lib/payments/plan-order'
import type { CheckoutFacts } from './checkout'

type Props = { facts: CheckoutFacts; plan: OrderPlan; surchargeMinor: bigint }

/** The arithmetic of the order, where there is any: invoices, credit, what is kept, a surcharge, to pay. */
export function OrderSums({ facts, plan, surchargeMinor }: Props) {
  const { words, currency, locale } = facts
  const { invoicesMinor, creditMinor, keptMinor, chargeMinor, shares } = plan
  const amount = (minor: bigint) => formatMoney(money(minor, currency), locale)
  const row = (key: string, label: string, minor: bigint): SumRow => ({
    key,
    label,
    text: amount(minor),
    weight: 'quiet',
  })
  const extras = [
    ...(creditMinor > 0n ? [row('credit', words.credit, -creditMinor)] : []),
    ...(keptMinor > 0n ? [row('kept', words.kept, keptMinor)] : []),
    ...(surchargeMinor > 0n ? [row('surcharge', words.surcharge, surchargeMinor)] : []),
  ]
  const isPlain = extras.length === 0 && shares.length === 1 && facts.order.invoices.length === 1
  if (isPlain && shares[0]?.leftMinor === 0n) return null
  const total = amount(chargeMinor + surchargeMinor)
  return (
    <div aria-live="polite">
      <SumRows
        sums={[
          row('invoices', words.invoices, invoicesMinor),
          ...extras,
          { key: 'total', label: words.toPay, text: total, weight: 'total' },
        ]}
      />
    </div>
  )
}
