import type { PlainDate } from '@/lib/base/clock'
import type { Locale } from '@/messages/words'
import { consentTexts } from './consent-texts'

/** What somebody agrees to. A bank account is somebody's: a business's or a person's, and the rules differ. */
export type ConsentKind =
  | 'bank_once'
  | 'pad_once'
  | 'bank_saved_business'
  | 'bank_saved_personal'
  | 'pad_saved'
  | 'card_saved'
  | 'autopay_card'
  | 'autopay_bank_business'
  | 'autopay_bank_personal'
  | 'autopay_pad'
  | 'autopay_pad_short'
export type AccountKind = 'business' | 'personal'

/** A wording as data: in force from a date, in both languages, with `{places}` for the facts. */
export type ConsentText = {
  kind: ConsentKind
  version: string
  from: PlainDate
  text: Record<Locale, string>
}

/** What is filled into a wording; every one in the reader's language. */
export type ConsentFacts = {
  /** The MSP. */
  name: string
  /** Where to withdraw it: an address or a telephone number. */
  contact: string
  /** `November 20, 2026` */
  date: string
  /** Of a single debit: its sum and what it pays. */
  amount?: string
  invoices?: string
  /** Of a standing consent: what is charged, and up to what sum. */
  method?: string
  limit?: string
}

/** The longest notice that any wording promises. */
export const noticeDaysMax = 10

/**
 * How many days before a charge that follows from a standing consent its amount and date are told: what the wordings
 * promise. Where amounts differ a person's bank account has ten by law (12 CFR 1005.10(d)), and so has a pre-authorized
 * debit in Canada, unless its payer has agreed to fewer (Payments Canada, Rule H1).
 */
export function noticeDaysOf(kind: ConsentKind): number {
  return kind === 'autopay_bank_personal' || kind === 'autopay_pad' ? noticeDaysMax : 3
}

/** A wording as it is shown, and as it is kept when somebody agrees. */
export type Consent = { kind: ConsentKind; version: string; text: string }

/** The wording in force on a date. @throws Error when there is none: nothing may be asked for without words */
export function consentOn(kind: ConsentKind, on: PlainDate, locale: Locale, facts: ConsentFacts): Consent {
  const inForce = consentTexts
    .filter((one) => one.kind === kind && one.from <= on)
    .toSorted((a, b) => a.from.localeCompare(b.from))
    .at(-1)
  if (inForce === undefined) throw new Error(`No wording of ${kind} is in force on ${on}`)
  return { kind, version: inForce.version, text: fill(inForce.text[locale], facts) }
}

/** @throws Error when a place has no fact: half a consent must not be shown */
function fill(text: string, facts: ConsentFacts): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const fact = (facts as Record<string, string | undefined>)[name]
    if (fact === undefined) throw new Error(`The wording names {${name}}, and nothing is known of it`)
    return fact
  })
}

/** What must be agreed to when something is saved. */
export function consentToSave(type: string, accountKind: AccountKind | undefined): ConsentKind | undefined {
  if (type === 'card') return 'card_saved'
  if (type === 'acss_debit') return accountKind === 'personal' ? undefined : 'pad_saved'
  if (type !== 'us_bank_account' || accountKind === undefined) return undefined
  return accountKind === 'business' ? 'bank_saved_business' : 'bank_saved_personal'
}
