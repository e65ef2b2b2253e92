import type { PlainDate } from '@/lib/base/clock'
import { formatMoney } from '@/lib/money/format'
import { type Money, money } from '@/lib/money/money'
import { formatDay } from '@/messages/date'
import { methodName } from '@/messages/method-name'
import { wordsIn } from '@/messages/words'
import type { Letter, Rendered, Row } from '../letter'
import { renderLetter } from '../render-letter'
import { greeting, type MailFacts, question } from './facts'
import { inOwnWords, valuesOfInvoice } from './own-words'

export type PayNowFacts = MailFacts & {
  invoice: {
    number: string
    clientName: string
    dueOn: PlainDate
    lines: { description: string; quantity: string; amount: Money }[]
    tax: Money
    total: Money
    balance: Money
  }
  /** The total per way of paying; a way that is not offered is absent. */
  ways: { bank?: Money; card?: Money }
  /** The link and its last day, or their places (link-place.ts). */
  payUrl: string
  linkUntil: string
  /** True when an earlier version was sent before. */
  isChanged: boolean
  /** It is charged by itself on that day, with that method, after that credit: there is nothing to do. */
  coming?: { runOn: PlainDate; method: string; creditMinor: bigint }
}

/** An invoice with its pay link: what, how much, when, and what each way of paying comes to. */
export function payNow(facts: PayNowFacts): Promise<Rendered> {
  const { sender, locale, today, invoice, isChanged, coming } = facts
  const words = wordsIn(locale)
  const amount = formatMoney(invoice.balance, locale)
  const due = (style: 'plain' | 'letter') => formatDay(invoice.dueOn, locale, style, today)
  const subject = { number: invoice.number, name: sender.name, amount, date: due('plain') }
  const who = { number: invoice.number, client: invoice.clientName }
  const paid: Money = { ...invoice.total, minor: invoice.total.minor - invoice.balance.minor }
  const dueWords = words('mail.payNow.due', { date: due('letter') })
  const comingOn = (style: 'plain' | 'letter') => formatDay(coming?.runOn ?? invoice.dueOn, locale, style, today)
  const subjectKind = coming !== undefined ? 'subjectComing' : isChanged ? 'subjectChanged' : 'subject'
  const previewKind = coming !== undefined ? 'previewComing' : isChanged ? 'previewChanged' : 'preview'
  const own = inOwnWords(facts, 'pay_now', valuesOfInvoice(facts))
  const ours = words(`mail.payNow.${subjectKind}`, {
    ...subject,
    date: coming === undefined ? subject.date : comingOn('plain'),
  })
  const letter: Letter = {
    locale,
    // That an invoice changed, or pays itself, is said whatever the MSP says of others.
    subject: subjectKind === 'subject' ? own.subject(ours) : ours,
    preview: words(`mail.payNow.${previewKind}`),
    blocks: [
      ...greeting(facts),
      ...(isChanged
        ? [{ is: 'paragraph' as const, text: words('mail.payNow.introChanged', { ...who, name: sender.name }) }]
        : own.opening(words('mail.payNow.intro', who))),
      { is: 'amount', text: amount, under: dueWords },
      ...(coming === undefined ? [] : [{ is: 'paragraph' as const, text: comingWords(coming, facts) }]),
      {
        is: 'button',
        label: words(coming === undefined ? 'mail.payNow.button' : 'mail.payNow.buttonComing'),
        url: facts.payUrl,
        ...(coming === undefined ? { under: waysLine(facts) } : {}),
      },
      { is: 'rows', rows: invoiceRows(facts, paid) },
      ...own.closing,
      { is: 'paragraph', text: question(facts) },
    ],
    foot: [words('mail.payNow.linkUntil', { date: facts.linkUntil })],
  }
  return renderLetter(letter, sender)
}

function comingWords({ runOn, method, creditMinor }: NonNullable<PayNowFacts['coming']>, facts: PayNowFacts): string {
  const { locale, today, invoice } = facts
  const { minor, currency } = invoice.balance
  const values = {
    date: formatDay(runOn, locale, 'letter', today),
    method: methodName(method, locale),
    credit: formatMoney(money(creditMinor, currency), locale),
    charge: formatMoney(money(minor - creditMinor, currency), locale),
  }
  if (creditMinor === 0n) return wordsIn(locale)('mail.payNow.coming', values)
  return wordsIn(locale)(creditMinor >= minor ? 'mail.payNow.comingCovered' : 'mail.payNow.comingCredit', values)
}

function waysLine({ ways, locale }: PayNowFacts): string {
  const words = wordsIn(locale)
  const [bank, card] = [ways.bank, ways.card].map((sum) => (sum === undefined ? undefined : formatMoney(sum, locale)))
  if (bank !== undefined && card !== undefined) return words('mail.payNow.ways', { bank, card })
  if (bank !== undefined) return words('mail.payNow.bankOnly', { bank })
  return card === undefined ? '' : words('mail.payNow.cardOnly', { card })
}

function invoiceRows({ invoice, locale }: PayNowFacts, paid: Money): Row[] {
  const words = wordsIn(locale)
  const amount = (of: Money) => formatMoney(of, locale)
  const rows: Row[] = invoice.lines.map((line) => ({
    label: line.description,
    ...(line.quantity === '1' ? {} : { note: `× ${line.quantity}` }),
    value: amount(line.amount),
  }))
  if (invoice.tax.minor !== 0n)
    rows.push({ label: words('mail.payNow.tax'), value: amount(invoice.tax), weight: 'quiet' })
  if (paid.minor !== 0n)
    rows.push({
      label: words('mail.payNow.paid'),
      value: amount({ ...paid, minor: -paid.minor }),
      weight: 'quiet',
    })
  return [...rows, { label: words('mail.totalRow'), value: amount(invoice.balance), weight: 'total' }]
}
