import { daysBetween, type PlainDate } from '@/lib/base/clock'
import type { AccountKind, ConsentKind } from './consent'

export type MethodType = 'acss_debit' | 'card' | 'us_bank_account'

/** A saved card or bank account, as pages see it. */
export type MethodView = {
  id: string
  clientId: string
  type: MethodType
  /** `Visa credit, 4242`, `Genesee Federal, 6781` */
  label: string
  last4: string
  nickname?: string
  accountKind?: AccountKind
  expiresOn?: PlainDate
  isDefault: boolean
  /** Why the bank takes no more debits from it, in Stripe's code. */
  blockedReason?: string
  createdAt: Date
}

/** How far a saved method is good. A card is warned about a month before its last day. */
export type MethodStanding = 'good' | 'expires-soon' | 'expired' | 'blocked'

const warnDays = 30

export function standingOfMethod(
  method: Pick<MethodView, 'expiresOn' | 'blockedReason'>,
  today: PlainDate,
): MethodStanding {
  if (method.blockedReason !== undefined) return 'blocked'
  if (method.expiresOn === undefined) return 'good'
  if (method.expiresOn < today) return 'expired'
  return daysBetween(today, method.expiresOn) <= warnDays ? 'expires-soon' : 'good'
}

/** Whether it can be charged on a date: that is asked again at the moment it is. */
export function canCharge(method: Pick<MethodView, 'expiresOn' | 'blockedReason'>, on: PlainDate): boolean {
  const standing = standingOfMethod(method, on)
  return standing === 'good' || standing === 'expires-soon'
}

/** A consent as it was given, for whoever wants to see it again. */
export type MandateView = {
  id: string
  clientId: string
  clientName: string
  kind: ConsentKind
  /** What it is for: `Genesee Federal, 6781`. */
  label?: string
  text: string
  textVersion: string
  language: string
  acceptedAt: Date
  acceptedIp: string
  userAgent: string
  givenBy: string
  /** The contact's name; empty for whoever held a link, or a session of the MSP's own site. */
  givenByName: string
  revokedAt?: Date
  mandateId?: string
}
