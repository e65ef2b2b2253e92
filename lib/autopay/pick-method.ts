import type { PlainDate } from '@/lib/base/clock'
import { canCharge, type MethodType } from '@/lib/payments/method'
import { type AutopayFacts, runDayOf } from './decide-autopay'

/** A method that may stand behind an automatic charge, and how long before it was promised to be told. */
export type Candidate = AutopayFacts['method'] & { id: string; label: string; type: MethodType; noticeDays: number }

/** A country's banks are debited in its own money. */
const currencies: Partial<Record<MethodType, string>> = { us_bank_account: 'USD', acss_debit: 'CAD' }

/**
 * Which method an invoice is charged to by itself: what was chosen and authorized for its agreement, where that can be
 * charged on the day; else the one that automatic payment was turned on with, whose consent covers every invoice. So a
 * choice that has gone bad holds nothing up.
 */
export function pickMethod(
  own: Candidate,
  chosen: Candidate | undefined,
  invoice: { dueOn: PlainDate; currency: string },
  today: PlainDate,
): Candidate {
  if (chosen === undefined || chosen.isRemoved) return own
  if ((currencies[chosen.type] ?? invoice.currency) !== invoice.currency) return own
  return canCharge(chosen, runDayOf(invoice.dueOn, chosen.noticeDays, today).runOn) ? chosen : own
}
