import { addDays, type PlainDate } from '@/lib/base/clock'
import type { Money } from '@/lib/money/money'
import { addBankingDays, isBankingDay } from './banking-days'
import type { MethodType } from './method'

/** started: an attempt was made, and what became of it is the attempt's to say. */
export type ScheduledState = 'scheduled' | 'started' | 'not_needed' | 'canceled' | 'failed'

/** A payment that is set for a date, as pages see it. */
export type ScheduledView = {
  id: string
  clientId: string
  state: ScheduledState
  runOn: PlainDate
  /** What it charges as things stand: never more than was agreed to. */
  amount: Money
  /** What the client's credit pays beside it. */
  credit: Money
  methodId: string
  /** `Visa credit, 4242` */
  methodLabel: string
  methodType: MethodType
  /** Why it ended without a payment. */
  endedReason?: string
  /** It follows from a standing consent; nobody set it by hand. */
  isAutomatic: boolean
  attemptId?: string
  /** The last date it can be moved to: the first of its invoices is due. */
  lastOn: PlainDate
  stateAt: Date
  parts: { invoiceId: string; number: string; amount: Money }[]
}

/** One invoice of it at the moment it runs. */
export type DuePart = {
  invoiceId: string
  agreedMinor: bigint
  balanceMinor: bigint
  state: string
  kind: string
  /** Another payment is taking the money already. */
  isHeld: boolean
}

/** What may be charged at most, as it was announced, and what the client's credit pays of it now. */
export type DueSums = { amountMinor: bigint; creditMinor: bigint }

export type RunDecision =
  /** `creditMinor` of it with the client's credit, which may be all. */
  | { do: 'charge'; parts: { invoiceId: string; amountMinor: bigint }[]; creditMinor: bigint; chargeMinor: bigint }
  /** The credit that was announced, or shown, has been used elsewhere: what would be charged now has to be agreed to first. */
  | { do: 'announce-again' }
  | { do: 'not-needed'; because: 'paid' | 'on_its_way' | 'void' }

/** Why one ended whose credit was used elsewhere: of an automatic payment another takes its place, with its own notice. */
export const creditGone = 'credit_gone'

/**
 * What a payment takes when its day has come: of each invoice what is still owed, and never more than was agreed to;
 * credit first, and of the method never more than was announced.
 */
export function decideRun(parts: readonly DuePart[], { amountMinor, creditMinor }: DueSums): RunDecision {
  const open = parts.filter(
    ({ state, kind, balanceMinor }) => state === 'open' && kind === 'invoice' && balanceMinor > 0n,
  )
  const free = open.filter(({ isHeld }) => !isHeld)
  if (free.length > 0) {
    const taken = free.map(({ invoiceId, agreedMinor, balanceMinor }) => ({
      invoiceId,
      amountMinor: agreedMinor < balanceMinor ? agreedMinor : balanceMinor,
    }))
    const chargeMinor = taken.reduce((sum, part) => sum + part.amountMinor, 0n) - creditMinor
    if (chargeMinor > amountMinor) return { do: 'announce-again' }
    return { do: 'charge', parts: taken, creditMinor, chargeMinor }
  }
  if (open.length > 0) return { do: 'not-needed', because: 'on_its_way' }
  return { do: 'not-needed', because: parts.every(({ state }) => state === 'void') ? 'void' : 'paid' }
}

/** A date farther off than this is nobody's plan. */
const daysMax = 92

/** The dates a payment can be set for: from tomorrow to the day the first of its invoices is due. */
export function datesFor(dueOn: readonly PlainDate[], today: PlainDate): PlainDate[] {
  const last = dueOn.toSorted()[0]
  if (last === undefined) return []
  const dates: PlainDate[] = []
  for (let on = addDays(today, 1); on <= last && dates.length < daysMax; on = addDays(on, 1)) dates.push(on)
  return dates
}

/** When the money of a debit made on a date is known to be good; a bank takes up nothing on a day it is closed. */
export function clearsAfter(runOn: PlainDate): { takenUpOn: PlainDate; clearsOn: PlainDate } {
  const takenUpOn = isBankingDay(runOn) ? runOn : addBankingDays(runOn, 1)
  return { takenUpOn, clearsOn: addBankingDays(runOn, 4) }
}
