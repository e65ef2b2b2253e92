import { addDays, type PlainDate } from '@/lib/base/clock'
import { canCharge } from '@/lib/payments/method'
import { oldestFirst } from '@/lib/payments/plan-order'
import { spreadCredit } from '@/lib/payments/spread-credit'

/** An open invoice of a client whose invoices are charged by themselves, and the consent that covers it. */
export type AutopayFacts = {
  invoiceId: string
  number: string
  balanceMinor: bigint
  /** On hold, because somebody asked about it. */
  heldMinor: bigint
  currency: string
  dueOn: PlainDate
  /** A payment is taking the money already. */
  isOnItsWay: boolean
  /** Set for a date, by a person or by us. */
  isScheduled: boolean
  /** We have set it once under this consent: skipped, failed or paid in part, it is not tried again by itself. */
  wasSet: boolean
  /** `noticeDays`: how long before a charge it was promised to be told. */
  agreed: { sinceOn: PlainDate; currency: string; capMinor?: bigint; noticeDays: number }
  method: { isRemoved: boolean; expiresOn?: PlainDate; blockedReason?: string }
}

/** `leftMinor`: what of the client's credit an invoice may use; `asideMinor`: what only the MSP applies, in its PSA. */
export type OpenCredit = { leftMinor: bigint; asideMinor: bigint }

/** Why an invoice that could have been charged by itself waits for a person. */
export type AutopayObstacle = 'held' | 'credit' | 'over-cap' | 'method-gone' | 'currency'

export type AutopayDecision =
  /** Not covered, or being paid some other way. */
  | { do: 'stop'; because: 'settled' | 'due-before' | 'on-its-way' | 'scheduled' | 'was-set' }
  | ({ do: 'wait'; noticeOn: PlainDate } & AutopayCharge)
  | { do: 'ask'; because: AutopayObstacle; noticeOn: PlainDate }
  | ({ do: 'set' } & AutopayCharge)

/** `creditMinor`: what the client's credit pays of the invoice; `amountMinor`: what is charged then, nothing where the credit covers it. */
export type AutopayCharge = { runOn: PlainDate; amountMinor: bigint; creditMinor: bigint }

/**
 * What becomes of an open invoice under a standing consent. It is charged when it is due, and never sooner after its
 * notice than was promised: where the notice comes late, the charge does too. Credit goes first.
 */
export function decideAutopay(facts: AutopayFacts, credit: OpenCredit, today: PlainDate): AutopayDecision {
  const { balanceMinor, dueOn, agreed } = facts
  if (balanceMinor <= 0n) return { do: 'stop', because: 'settled' }
  if (dueOn < agreed.sinceOn) return { do: 'stop', because: 'due-before' }
  if (facts.isOnItsWay) return { do: 'stop', because: 'on-its-way' }
  if (facts.isScheduled) return { do: 'stop', because: 'scheduled' }
  if (facts.wasSet) return { do: 'stop', because: 'was-set' }
  const { noticeOn, runOn } = runDayOf(dueOn, agreed.noticeDays, today)
  const because = obstacleOf(facts, credit, runOn)
  if (because !== undefined) return { do: 'ask', because, noticeOn }
  const [used = 0n] = spreadCredit([[{ ...facts, payableMinor: balanceMinor }]], credit.leftMinor).credits
  const charge = { runOn, amountMinor: balanceMinor - used, creditMinor: used }
  return today < noticeOn ? { do: 'wait', noticeOn, ...charge } : { do: 'set', ...charge }
}

/** The same for all that one client owes, the oldest first, each using what of the credit those before it leave. */
export function decideAutopays<One extends AutopayFacts>(
  covered: readonly One[],
  credit: OpenCredit,
  today: PlainDate,
): { of: One; decision: AutopayDecision }[] {
  let { leftMinor } = credit
  return oldestFirst(covered).map((of) => {
    const decision = decideAutopay(of, { ...credit, leftMinor }, today)
    if (decision.do === 'wait' || decision.do === 'set') leftMinor -= decision.creditMinor
    return { of, decision }
  })
}

/** When a charge is told and when it is made: on the due date, or as many days after a late notice as were promised. */
export function runDayOf(
  dueOn: PlainDate,
  noticeDays: number,
  today: PlainDate,
): { noticeOn: PlainDate; runOn: PlainDate } {
  const noticeOn = addDays(dueOn, -noticeDays)
  return { noticeOn, runOn: noticeOn < today ? addDays(today, noticeDays) : dueOn }
}

function obstacleOf(
  { balanceMinor, heldMinor, currency, agreed, method }: AutopayFacts,
  { asideMinor }: OpenCredit,
  runOn: PlainDate,
): AutopayObstacle | undefined {
  if (method.isRemoved || !canCharge(method, runOn)) return 'method-gone'
  if (currency !== agreed.currency) return 'currency'
  if (agreed.capMinor !== undefined && balanceMinor > agreed.capMinor) return 'over-cap'
  if (heldMinor > 0n) return 'held'
  return asideMinor > 0n ? 'credit' : undefined
}
