import { formatMoney } from '@/lib/money/format'
import { formatDay } from '@/messages/date'
import { methodName } from '@/messages/method-name'
import type { Block } from '../letter'
import { fillPlaces, type Values, type WordedKind, wordingTerms } from '../wording'
import type { AutopayStartedFacts } from './autopay-started'
import { invoicesOf, type MailFacts, type PaymentFacts } from './facts'
import type { PayNowFacts } from './pay-now'
import type { PaymentScheduledFacts } from './payment-scheduled'

/** A mail's free parts: the MSP's words where it has some, ours where it has none. */
export type OwnWords = {
  subject: (ours: string) => string
  opening: (ours: string) => Block[]
  closing: Block[]
}

export function inOwnWords({ wording }: MailFacts, kind: WordedKind, values: Values): OwnWords {
  const { keepsSubject, keepsOpening } = wordingTerms[kind]
  const filled = (text: string | null | undefined) => (text ? fillPlaces(text, values) : undefined)
  const [subject, opening, closing] = [wording?.subject, wording?.opening, wording?.closing].map(filled)
  const paragraphs = (...texts: (string | undefined)[]): Block[] =>
    texts.flatMap((text) => (text === undefined ? [] : [{ is: 'paragraph', text }]))
  return {
    subject: (ours) => (keepsSubject ? ours : (subject ?? ours)),
    opening: (ours) => (keepsOpening ? paragraphs(opening, ours) : paragraphs(opening ?? ours)),
    closing: paragraphs(closing),
  }
}

export function valuesOfInvoice({ sender, locale, today, invoice }: PayNowFacts): Values {
  return {
    sender: sender.name,
    client: invoice.clientName,
    invoice: invoice.number,
    amount: formatMoney(invoice.balance, locale),
    due: formatDay(invoice.dueOn, locale, 'plain', today),
  }
}

export function valuesOfPayment({ sender, locale, clientName, allocations, amount }: PaymentFacts): Values {
  const numbers = allocations.map(({ number }) => number)
  return {
    sender: sender.name,
    client: clientName,
    invoices: invoicesOf(numbers, locale),
    amount: formatMoney(amount, locale),
  }
}

export function valuesOfScheduled(facts: PaymentScheduledFacts): Values {
  return { ...valuesOfPayment(facts), date: formatDay(facts.runOn, facts.locale, 'prose', facts.today) }
}

export function valuesOfConsent({ sender, locale, clientName, methodLabel }: AutopayStartedFacts): Values {
  return { sender: sender.name, client: clientName, method: methodName(methodLabel, locale) }
}
