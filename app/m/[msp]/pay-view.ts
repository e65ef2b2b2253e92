import type { AttemptShow } from '@/components/checkout/outcome-screen'
import type { InvoiceView } from '@/lib/billing/invoice'
import { sum } from '@/lib/money/money'
import { type AttemptView, isInFlight } from '@/lib/payments/attempt'

/** What a page about paying shows. */
export type PayView =
  | { show: 'form'; setback?: AttemptView }
  | { show: 'on-its-way' | 'checking' | 'confirm' | 'verify'; attempt: AttemptView }
  | { show: 'paid'; attempt?: AttemptView }
  | { show: 'void' }
  | { show: 'credit' }

/**
 * Decides from how things stand, not from how the reader came: a reload, a second tab and the back button end at the
 * same page. `attempts` are those of the invoice, newest first. Money that may be moving goes before everything else.
 * @param named the payment the address names: what it paid is said also where the invoice stays open in part
 */
export function payView(
  invoice: Pick<InvoiceView, 'kind' | 'state' | 'balance'>,
  attempts: readonly AttemptView[],
  named?: string,
): PayView {
  const flying = attempts.find(({ state }) => isInFlight(state))
  if (flying !== undefined) return { show: flightView(flying), attempt: flying }
  if (invoice.kind === 'credit_memo') return { show: 'credit' }
  if (invoice.state === 'void') return { show: 'void' }
  if (invoice.balance.minor <= 0n) {
    const paid = attempts.find(hasPaid)
    return paid === undefined ? { show: 'paid' } : { show: 'paid', attempt: paid }
  }
  const part = attempts.find((attempt) => attempt.id === named && hasPaid(attempt))
  if (part !== undefined) return { show: 'paid', attempt: part }
  const [last] = attempts
  return last !== undefined && isSetback(last) ? { show: 'form', setback: last } : { show: 'form' }
}

function hasPaid({ state }: AttemptView): boolean {
  return state === 'succeeded' || state === 'part_refunded'
}

const outcomes = ['paid', 'on-its-way', 'checking', 'confirm', 'verify'] as const satisfies AttemptShow[]

export function isOutcome(show: string): show is AttemptShow {
  return outcomes.some((outcome) => outcome === show)
}

/** How a payment that is under way shows. */
export function flightView(attempt: AttemptView): 'on-its-way' | 'checking' | 'confirm' | 'verify' {
  if (attempt.state === 'processing') return 'on-its-way'
  if (attempt.state !== 'requires_action') return 'checking'
  return attempt.waitsFor === 'deposits' ? 'verify' : 'confirm'
}

/** How one payment shows by itself; undefined for one that came to nothing. */
export function attemptShow(attempt: AttemptView): AttemptShow | undefined {
  if (isInFlight(attempt.state)) return flightView(attempt)
  return attempt.succeededAt !== undefined && attempt.state !== 'returned' ? 'paid' : undefined
}

/** A debit that had been on its way and came to nothing: worth a word on the next visit. A card declined at once is not. */
function isSetback({ state, methodType }: AttemptView): boolean {
  return (
    state === 'returned' || (state === 'failed' && (methodType === 'us_bank_account' || methodType === 'acss_debit'))
  )
}

/** An attempt as the holder of a link to these invoices may see it: what else it paid is not theirs to read. */
export function attemptForInvoices(attempt: AttemptView, invoiceIds: readonly string[]): AttemptView {
  const own = attempt.allocations.filter(({ invoiceId }) => invoiceIds.includes(invoiceId))
  if (attempt.allocations.length === own.length || own.length === 0) return attempt
  const nothing = { ...attempt.surcharge, minor: 0n }
  const amount = sum(
    own.map((allocation) => allocation.amount),
    attempt.amount.currency,
  )
  return { ...attempt, allocations: own, amount, surcharge: nothing, credit: nothing, kept: nothing }
}
