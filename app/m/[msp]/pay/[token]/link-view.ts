import 'server-only'
import type { LinkActor } from '@/lib/access/pay-link'
import type { InvoiceView } from '@/lib/billing/invoice'
import type { AttemptView } from '@/lib/payments/attempt'
import { type CreditUse, readCreditUse } from '@/lib/payments/credit-use'
import { type PayView, payView } from '../../pay-view'

export type LinkView = PayView | { show: 'covered'; use: CreditUse }

/** What the page of a link shows. @param named the order the address names: a payment, or credit that paid by itself */
export async function linkView(
  actor: LinkActor,
  invoice: InvoiceView,
  attempts: readonly AttemptView[],
  named: string | undefined,
): Promise<LinkView> {
  const view = payView(invoice, attempts, named)
  const isSilent = view.show === 'form' || (view.show === 'paid' && view.attempt === undefined)
  if (named === undefined || !isSilent) return view
  const use = await readCreditUse(actor, named)
  return use === undefined || use.invoices.length === 0 ? view : { show: 'covered', use }
}
