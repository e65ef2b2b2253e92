import type { Bank } from '../../bank/bank.ts'
import { type Day, dayOf } from '../../bank/weekdays.ts'
import type { SimClock } from '../../kernel/clock.ts'
import type { Faults } from '../../kernel/faults.ts'
import type { Random } from '../../kernel/random.ts'
import type { Happening } from '../../kernel/service.ts'
import type { OnboardingLink } from '../accounts/onboarding.ts'
import type { Courier } from '../events/courier.ts'
import type { MicrodepositType } from '../objects/intent.ts'
import type { Account } from './account.ts'
import type { Agenda } from './agenda.ts'
import type { Shelf } from './shelf.ts'
import type { Cause } from './stored-event.ts'

/** How long a bank debit takes, in the banking days of its country. */
export type DebitTimes = {
  successBankingDays: number
  failureBankingDays: number
  /** From success to the return of a debit that is returned late. */
  lateReturnBankingDays: number
  refundBankingDays: number
  microdeposits: MicrodepositType
}

/** What a test may turn about the way this Stripe works. */
export type Settings = {
  ach: DebitTimes
  acss: DebitTimes
  /** How long a write holds its idempotency key; with 0 two requests never meet. */
  workTimeMs: number
  /** How long search stays behind. */
  searchLagSeconds: number
  /** Requests per second and account; 0 sets no limit. */
  requestsPerSecond: number
}

export type Key = { kind: 'secret' | 'restricted' | 'publishable'; account: Account }

/** Everything this Stripe knows. */
export type State = {
  clock: SimClock
  agenda: Agenda
  random: Random
  faults: Faults
  bank: Bank
  settings: Settings
  accounts: Map<string, Account>
  /** Those of them that the platform's Connect application made. */
  connectedAccounts: Shelf<Account>
  onboardingLinks: Map<string, OnboardingLink>
  keys: Map<string, Key>
  /** The account whose Connect application made the connected ones. */
  platform: Account
  courier: Courier
  happened: (happening: Happening) => void
  /** Where this Stripe answers; known once it listens. */
  url: string
}

/** What exists before the platform's own account does. */
export type Registry = Omit<State, 'platform'>

/** Where something happens and why: the account, and the request that asked (null when Stripe acts by itself). */
export type Scope = { state: State; account: Account; cause: Cause | null }

export function newId(state: Pick<State, 'random'>, prefix: string, length = 24): string {
  return `${prefix}_${state.random.id(length)}`
}

export function today(state: Pick<State, 'clock'>): Day {
  return dayOf(state.clock.now())
}
