import 'server-only'
import { type PlainDate, todayIn } from '@/lib/base/clock'
import { formatMoney } from '@/lib/money/format'
import { type Money, minus, zero } from '@/lib/money/money'
import { formatDay } from '@/messages/date'
import { methodName } from '@/messages/method-name'
import { type Locale, listOf, wordsIn } from '@/messages/words'
import { footOf, type Issuer, letterheadOf } from './issuer'
import { receiptNumber } from './receipt-number'
import { Sheet } from './sheet'

export type ReceiptDocument = {
  issuer: Issuer
  locale: Locale
  today: PlainDate
  at: Date
  payment: {
    id: string
    clientName: string
    /** When it was paid; without, the sheet says that it is on its way. */
    succeededAt?: Date
    methodLabel?: string
    amount: Money
    surcharge: Money
    refunded: Money
    /** What of the invoices the client's credit paid, and what was charged beyond them. */
    credit: Money
    kept: Money
    /** The processor's id, for questions. */
    paymentIntentId?: string
    allocations: { number: string; amount: Money }[]
  }
}

/** The receipt of one payment, whatever it paid. The surcharge is a line of its own. */
export function receiptPdf({ issuer, locale, today, at, payment }: ReceiptDocument): Promise<Buffer> {
  const words = wordsIn(locale)
  const amount = (of: Money) => formatMoney(of, locale)
  const number = receiptNumber(payment.id)
  const title = words('document.receipt')
  const { succeededAt, methodLabel, surcharge, refunded, credit, kept } = payment
  const sheet = new Sheet({ title: `${title} ${number}, ${issuer.name}`, author: issuer.name, language: locale, at })
  const numbers = payment.allocations.map((allocation) => allocation.number)
  const invoices = words('mail.invoiceWord', { count: numbers.length, numbers: listOf(numbers, locale) })
  sheet.letterhead(letterheadOf(issuer))
  sheet.title(title, words('document.forInvoices', { invoices }))
  sheet.facts([
    { label: title, value: number },
    ...(succeededAt === undefined
      ? []
      : [
          {
            label: words('document.paid'),
            value: formatDay(todayIn(issuer.timeZone, succeededAt), locale, 'document', today),
          },
        ]),
    ...(methodLabel === undefined ? [] : [{ label: words('document.paidBy'), value: methodName(methodLabel, locale) }]),
    { label: words('document.paidFor'), value: payment.clientName },
  ])
  sheet.table(
    [
      { heading: words('document.paidFor'), width: 0 },
      { heading: words('document.amount'), width: 120, align: 'right' },
    ],
    payment.allocations.map((allocation) => [
      { text: `${words('document.invoice')} ${allocation.number}` },
      { text: amount(allocation.amount) },
    ]),
  )
  sheet.sums([
    ...(credit.minor > 0n
      ? [
          {
            label: words('order.credit'),
            value: amount(minus(zero(credit.currency), credit)),
            weight: 'quiet' as const,
          },
        ]
      : []),
    ...(kept.minor > 0n ? [{ label: words('order.kept'), value: amount(kept), weight: 'quiet' as const }] : []),
    ...(surcharge.minor > 0n
      ? [{ label: words('document.surcharge'), value: amount(surcharge), weight: 'quiet' as const }]
      : []),
    { label: words('document.paid'), value: amount(payment.amount), weight: 'total' },
    ...(refunded.minor > 0n
      ? [
          {
            label: words('document.refunded'),
            value: amount(minus(zero(refunded.currency), refunded)),
            weight: 'quiet' as const,
          },
        ]
      : []),
  ])
  if (succeededAt === undefined) sheet.paragraph(words('document.onItsWay'))
  if (surcharge.minor > 0n) sheet.paragraph(words('document.refundNote'))
  return sheet.finish({
    left: footOf(issuer, (contact) => words('document.questions', { contact })),
    right:
      payment.paymentIntentId === undefined
        ? []
        : [words('document.reference', { reference: payment.paymentIntentId })],
    page: (page, pages) => words('document.page', { page: String(page), pages: String(pages) }),
    running: (page, pages) => words('document.running', { title, number, page: String(page), pages: String(pages) }),
  })
}
