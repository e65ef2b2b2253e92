import { addDays, type PlainDate } from '@/lib/base/clock'
import { type AccountKind, noticeDaysOf } from '@/lib/payments/consent'
import { canCharge } from '@/lib/payments/method'

/** An open invoice of a client whose invoices are charged by themselves, and the consent that covers it. */
export type AutopayFacts = {
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
  /** Money of the client that pays no invoice yet. */
  creditMinor: bigint
  agreed: { sinceOn: PlainDate; currency: string; capMinor?: bigint }
  method: { isRemoved: boolean; expiresOn?: PlainDate; blockedReason?: string; accountKind?: AccountKind }
}

/** Why an invoice that could have been charged by itself waits for a person. */
export type AutopayObstacle = 'held' | 'credit' | 'over-cap' | 'method-gone' | 'currency'

export type AutopayDecision =
  /** Not covered, or being paid some other way. */
  | { do: 'stop'; because: 'settled' | 'due-before' | 'on-its-way' | 'scheduled' | 'was-set' }
  | { do: 'wait'; noticeOn: PlainDate; runOn: PlainDate; amountMinor: bigint }
  | { do: 'ask'; because: AutopayObstacle; noticeOn: PlainDate }
  | { do: 'set'; runOn: PlainDate; amountMinor: bigint }

/**
 * What becomes of an open invoice under a standing consent. It is charged when it is due, and never sooner after its
 * notice than was promised: where the notice comes late, the charge does too.
 */
export function decideAutopay(facts: AutopayFacts, today: PlainDate): AutopayDecision {
  const { balanceMinor, dueOn, agreed } = facts
  if (balanceMinor <= 0n) return { do: 'stop', because: 'settled' }
  if (dueOn < agreed.sinceOn) return { do: 'stop', because: 'due-before' }
  if (facts.isOnItsWay) return { do: 'stop', because: 'on-its-way' }
  if (facts.isScheduled) return { do: 'stop', because: 'scheduled' }
  if (facts.wasSet) return { do: 'stop', because: 'was-set' }
  const days = noticeDaysOf(facts.method.accountKind)
  const noticeOn = addDays(dueOn, -days)
  const runOn = noticeOn < today ? addDays(today, days) : dueOn
  const because = obstacleOf(facts, runOn)
  if (because !== undefined) return { do: 'ask', because, noticeOn }
  if (today < noticeOn) return { do: 'wait', noticeOn, runOn, amountMinor: balanceMinor }
  return { do: 'set', runOn, amountMinor: balanceMinor }
}

function obstacleOf(
  { balanceMinor, heldMinor, creditMinor, currency, agreed, method }: AutopayFacts,
  runOn: PlainDate,
): AutopayObstacle | undefined {
  if (method.isRemoved || !canCharge(method, runOn)) return 'method-gone'
  if (currency !== agreed.currency) return 'currency'
  if (agreed.capMinor !== undefined && balanceMinor > agreed.capMinor) return 'over-cap'
  if (heldMinor > 0n) return 'held'
  return creditMinor > 0n ? 'credit' : undefined
}
