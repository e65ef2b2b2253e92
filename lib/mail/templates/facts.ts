import type { PlainDate } from '@/lib/base/clock'
import { formatMoney } from '@/lib/money/format'
import { type Money, minus, zero } from '@/lib/money/money'
import { methodName } from '@/messages/method-name'
import { type Locale, listOf, wordsIn } from '@/messages/words'
import type { Block, Row, Sender } from '../letter'
import type { Wording } from '../wording'

/** What every mail to a client needs. */
export type MailFacts = {
  sender: Sender
  locale: Locale
  today: PlainDate
  /** The reader's name, when it is known. */
  recipient?: string
  /** What the MSP says in this kind of mail and this language; absent: our words. */
  wording?: Wording | undefined
}

/** What every mail about a payment needs. */
export type PaymentFacts = MailFacts & {
  clientName: string
  /** What was or would have been charged, surcharge included. */
  amount: Money
  surcharge: Money
  methodLabel?: string
  allocations: { number: string; amount: Money }[]
  /** What of the invoices the client's credit pays, and what is charged beyond them. */
  credit: Money
  kept: Money
  /** Where the reader sees it: a receipt, the invoice, a pay link. */
  url: string
}

/** The hello, and below it what the MSP says to everybody. */
export function greeting({ sender, recipient, locale }: Pick<MailFacts, 'sender' | 'recipient' | 'locale'>): Block[] {
  const words = wordsIn(locale)
  const [first] = (recipient ?? '').trim().split(/\s+/)
  const own = sender.brand.greeting[locale]
  return [
    { is: 'paragraph', text: first ? words('mail.hello', { name: first }) : words('mail.helloPlain') },
    ...(own === '' ? [] : [{ is: 'paragraph' as const, text: own }]),
  ]
}

/** Whom to ask, in the MSP's own words where it has some. */
export function question({ sender, locale }: Pick<MailFacts, 'sender' | 'locale'>): string {
  return sender.brand.helpLine[locale] || wordsIn(locale)('mail.question')
}

/** `invoice 20418`, `invoices 20397 and 20409` */
export function invoicesOf(numbers: readonly string[], locale: Locale): string {
  return wordsIn(locale)('mail.invoiceWord', { count: numbers.length, numbers: listOf(numbers, locale) })
}

/** What the payment is made of, adding up to its amount. */
export function paymentRows(facts: PaymentFacts): Row[] {
  const { locale, amount, surcharge, allocations, credit, kept, methodLabel } = facts
  const words = wordsIn(locale)
  const rows: Row[] = allocations.map((allocation) => ({
    label: words('mail.invoiceRow', { number: allocation.number }),
    value: formatMoney(allocation.amount, locale),
  }))
  if (credit.minor > 0n)
    rows.push({
      label: words('order.credit'),
      value: formatMoney(minus(zero(credit.currency), credit), locale),
      weight: 'quiet',
    })
  if (kept.minor > 0n) rows.push({ label: words('order.kept'), value: formatMoney(kept, locale), weight: 'quiet' })
  if (surcharge.minor > 0n)
    rows.push({ label: words('mail.surchargeRow'), value: formatMoney(surcharge, locale), weight: 'quiet' })
  if (methodLabel !== undefined)
    rows.push({ label: words('mail.methodRow'), value: methodName(methodLabel, locale), weight: 'quiet' })
  return [...rows, { label: words('mail.totalRow'), value: formatMoney(amount, locale), weight: 'total' }]
}
