import 'server-only'
import type { PlainDate } from '@/lib/base/clock'
import { formatMoney } from '@/lib/money/format'
import { type Money, minus } from '@/lib/money/money'
import { formatDay } from '@/messages/date'
import { type Locale, wordsIn } from '@/messages/words'
import { footOf, type Issuer, letterheadOf } from './issuer'
import { type Cell, Sheet } from './sheet'

export type InvoiceDocument = {
  issuer: Issuer
  locale: Locale
  today: PlainDate
  at: Date
  invoice: {
    kind: 'invoice' | 'credit_memo'
    state: 'open' | 'void'
    number: string
    clientName: string
    issuedOn: PlainDate
    dueOn: PlainDate
    tax: Money
    total: Money
    balance: Money
    groups: {
      heading: string
      lines: { description: string; quantity: string; unitPrice: Money; amount: Money }[]
    }[]
  }
}

/** An invoice as the client files it. */
export function invoicePdf({ issuer, locale, today, at, invoice }: InvoiceDocument): Promise<Buffer> {
  const words = wordsIn(locale)
  const amount = (of: Money) => formatMoney(of, locale)
  const day = (on: PlainDate) => formatDay(on, locale, 'document', today)
  const kind = words(invoice.kind === 'invoice' ? 'document.invoice' : 'document.creditMemo')
  const sheet = new Sheet({
    title: `${kind} ${invoice.number}, ${issuer.name}`,
    author: issuer.name,
    language: locale,
    at,
  })
  sheet.letterhead(letterheadOf(issuer))
  sheet.title(`${kind} ${invoice.number}`, invoice.state === 'void' ? words('document.void') : undefined)
  sheet.facts([
    { label: words('document.issued'), value: day(invoice.issuedOn) },
    ...(invoice.kind === 'invoice' ? [{ label: words('document.due'), value: day(invoice.dueOn) }] : []),
    { label: words('document.billedTo'), value: invoice.clientName },
  ])
  const columns = [
    { heading: words('document.service'), width: 0 },
    { heading: words('document.quantity'), width: 64, align: 'right' as const },
    { heading: words('document.price'), width: 84, align: 'right' as const },
    { heading: words('document.amount'), width: 92, align: 'right' as const },
  ]
  const rows: Cell[][] = invoice.groups.flatMap(({ heading, lines }) => [
    ...(invoice.groups.length > 1 ? [[{ text: heading, bold: true }]] : []),
    ...lines.map((line) => [
      { text: line.description },
      { text: line.quantity },
      { text: amount(line.unitPrice) },
      { text: amount(line.amount) },
    ]),
  ])
  sheet.table(columns, rows)
  const settled = minus(invoice.total, invoice.balance)
  sheet.sums([
    { label: words('document.subtotal'), value: amount(minus(invoice.total, invoice.tax)), weight: 'quiet' },
    { label: words('document.tax'), value: amount(invoice.tax), weight: 'quiet' },
    { label: words('document.total'), value: amount(invoice.total), weight: 'total' },
    ...(invoice.kind === 'invoice' && invoice.state === 'open'
      ? [
          { label: words('document.settled'), value: amount(settled), weight: 'quiet' as const },
          { label: words('document.toPay'), value: amount(invoice.balance), weight: 'total' as const },
        ]
      : []),
  ])
  if (issuer.brand.payByCheck !== '' && invoice.balance.minor > 0n) sheet.paragraph(issuer.brand.payByCheck)
  return sheet.finish({
    left: footOf(issuer, (contact) => words('document.questions', { contact })),
    right: [],
    page: (page, pages) => words('document.page', { page: String(page), pages: String(pages) }),
    running: (page, pages) =>
      words('document.running', { title: kind, number: invoice.number, page: String(page), pages: String(pages) }),
  })
}
