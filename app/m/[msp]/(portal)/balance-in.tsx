import type { ComponentProps } from 'react'
import { mayPay } from '@/lib/access/actor'
import type { InvoiceRow } from '@/lib/billing/invoice'
import { type Money, money, sum, zero } from '@/lib/money/money'
import type { Offer } from '@/lib/payments/payable-invoices'
import { planOrder } from '@/lib/payments/plan-order'
import { BalanceCard } from './balance-card'

type Props = Pick<ComponentProps<typeof BalanceCard>, 'visitor' | 'flying' | 'isOnly' | 'isWhole'> & {
  offer: Offer
  payable: InvoiceRow[]
  credits: Money[]
  payHref: string
}

/** What there is to pay, on its way and as credit in one currency: two are never added. */
export function BalanceIn({ offer, payable, credits, payHref, ...rest }: Props) {
  const { currency } = offer
  const inOffer = payable.filter(({ balance }) => balance.currency === currency)
  const toPay = sum(
    offer.invoices.map((one) => one.payable),
    currency,
  )
  const amounts = new Map(offer.invoices.map((one) => [one.invoice.id, one.payable.minor]))
  const payables = offer.invoices.map(({ invoice, payable: { minor } }) => ({
    ...{ ...invoice, invoiceId: invoice.id, payableMinor: minor },
  }))
  const planned = planOrder(payables, { by: 'invoice', amounts }, offer.creditMinor, offer.rules)
  return (
    <BalanceCard
      {...rest}
      toPay={toPay}
      charge={money(planned.ok ? planned.plan.chargeMinor : toPay.minor, currency)}
      credit={credits.find((one) => one.currency === currency) ?? zero(currency)}
      isCreditUsed={offer.creditMinor > 0n}
      openCount={inOffer.length}
      overdue={sum(
        inOffer.filter(({ daysOverdue }) => daysOverdue > 0).map(({ balance }) => balance),
        currency,
      )}
      payHref={mayPay(rest.visitor.actor) && toPay.minor > 0n ? payHref : undefined}
    />
  )
}
