import type { OrderPlan } from '@/lib/payments/plan-order'
import type { CheckoutFacts } from './checkout'
import { fill } from './fill'

/** The invoices of the order by number, for the words of an authorization: “invoices 20397 and 20409”. */
export function invoicesIn({ order, words, locale }: CheckoutFacts, plan: OrderPlan | undefined): string {
  const paid = new Set(plan?.shares.map(({ invoiceId }) => invoiceId))
  const numbers = order.invoices.filter(({ invoiceId }) => paid.has(invoiceId)).map(({ number }) => number)
  const list = new Intl.ListFormat(locale, { type: 'conjunction' }).format(numbers)
  return fill(numbers.length === 1 ? words.oneInvoice : words.manyInvoices, { numbers: list })
}
