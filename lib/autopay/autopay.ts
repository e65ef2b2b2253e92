import type { PlainDate } from '@/lib/base/clock'
import type { Money } from '@/lib/money/money'
import type { MethodType } from '@/lib/payments/method'
import type { AutopayObstacle } from './decide-autopay'

/** A client's standing consent, as pages see it. */
export type AutopayView = {
  id: string
  clientId: string
  methodId: string
  /** `Visa credit, 4242` */
  methodLabel: string
  methodType: MethodType
  /** It was removed, has expired, or its bank takes no more debits. */
  isMethodGone: boolean
  /** The most of one invoice. */
  cap?: Money
  sinceOn: PlainDate
  noticeDays: number
  /** The last charge, when it failed: it is not tried again by itself. */
  failed?: { invoiceId: string; number: string; on: PlainDate }
  /** What will be charged by itself, and what waits for a person; the next first. */
  next: AutopayNext[]
}

export type AutopayNext = {
  invoiceId: string
  number: string
  amount: Money
  dueOn: PlainDate
  /** Where it is another than automatic payment was turned on with: what was chosen for the invoice's agreement. */
  method?: string
} /** `amount` is what is charged, and `credit` what the client's credit pays beside it, which may be all. */ & (
  | { do: 'charge'; runOn: PlainDate; noticeOn: PlainDate; credit: Money }
  | { do: 'ask'; because: AutopayObstacle }
)

/** A method for the invoices to come. */
export type AutopayOffer = {
  methodId: string
  methodLabel: string
  methodType: MethodType
  accountKind?: 'business' | 'personal'
  currency: string
  clientId: string
  /** Where the notices will go. */
  noticeEmail?: string
  /** It is on already, with this method: up to this much of one invoice. */
  live?: { id: string; cap?: Money }
  /** It is on with another method: the consent whose place this one would take. */
  replaces?: { id: string; methodLabel: string }
}

/** What is to be charged: the method of a payment that went through, or one that is saved. */
export type AutopaySource = { attemptId: string } | { methodId: string }

/** Which words somebody agreed to, and up to what sum of one invoice. */
export type AutopayOrder = AutopaySource & {
  shownOn: PlainDate
  version: string
  capMinor?: bigint
  /** The consent in force that the person was told this one takes the place of. */
  replaces?: string
}

/** What comes of turning it on. A refusal is a value: the person can answer it. */
export type AutopayResult = { ok: true } | { ok: false; because: AutopayRefusal; reason: string }
export type AutopayRefusal = keyof typeof words

export function autopayRefusal(because: AutopayRefusal, locale: string): Extract<AutopayResult, { ok: false }> {
  return { ok: false, because, reason: words[because][locale.startsWith('fr') ? 'fr' : 'en'] }
}

const words = {
  cap: {
    en: 'Write the limit as an amount, for example 6,000.00, or leave it empty.',
    fr: 'Inscrivez la limite sous forme de montant, par exemple 6 000,00, ou laissez le champ vide.',
  },
  changed: {
    en: 'The authorization changed since this page was opened. Nothing is turned on. Reload the page and read it again.',
    fr: 'L’autorisation a changé depuis l’ouverture de cette page. Rien n’est activé. Rechargez la page et relisez-la.',
  },
  'method-gone': {
    en: 'That card or account cannot be charged by itself. Nothing is turned on.',
    fr: 'Cette carte ou ce compte ne peut pas être débité automatiquement. Rien n’est activé.',
  },
  exists: {
    en: 'Automatic payment is on already, in another way. End that one first, under Payment methods.',
    fr: 'Le paiement automatique est déjà activé d’une autre façon. Mettez-y d’abord fin sous Modes de paiement.',
  },
  off: {
    en: 'Automatic payment is not offered any more. Nothing is turned on.',
    fr: 'Le paiement automatique n’est plus offert. Rien n’est activé.',
  },
  'not-allowed': {
    en: 'Your role does not let you turn on automatic payment.',
    fr: 'Votre rôle ne permet pas d’activer le paiement automatique.',
  },
  busy: {
    en: 'We are busy at this moment. Nothing is turned on. Try again in a minute.',
    fr: 'Nous sommes occupés en ce moment. Rien n’est activé. Réessayez dans une minute.',
  },
  form: {
    en: 'The page was out of date. Nothing is turned on. Reload it and try again.',
    fr: 'La page n’était plus à jour. Rien n’est activé. Rechargez-la et réessayez.',
  },
} as const
