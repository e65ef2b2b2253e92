import 'server-only'
import type { PlainDate } from '@/lib/base/clock'
import { formatMoney } from '@/lib/money/format'
import { type Money, minus, zero } from '@/lib/money/money'
import { formatDay } from '@/messages/date'
import { type Locale, wordsIn } from '@/messages/words'
import { footOf, type Issuer, letterheadOf } from './issuer'
import { Sheet } from './sheet'

export type StatementDocument = {
  issuer: Issuer
  locale: Locale
  today: PlainDate
  at: Date
  statement: {
    clientName: string
    from: PlainDate
    to: PlainDate
    opening: Money
    billed: Money
    paid: Money
    closing: Money
    rows: { on: PlainDate; what: string; amount: Money; balance: Money }[]
  }
}

/** A client's account between two dates: every movement with the balance after it, and the sums below. */
export function statementPdf({ issuer, locale, today, at, statement }: StatementDocument): Promise<Buffer> {
  const words = wordsIn(locale)
  const amount = (of: Money) => formatMoney(of, locale)
  const day = (on: PlainDate) => formatDay(on, locale, 'document', today)
  const { clientName, from, to, opening, billed, paid, closing, rows } = statement
  const title = words('portal.statement')
  const period = words('statement.period', { from: day(from), to: day(to) })
  const sheet = new Sheet({ title: `${title}, ${issuer.name}`, author: issuer.name, language: locale, at })
  sheet.letterhead(letterheadOf(issuer))
  sheet.title(title, period)
  sheet.facts([{ label: words('document.paidFor'), value: clientName }])
  sheet.table(
    [
      { heading: words('statement.date'), width: 90 },
      { heading: words('statement.what'), width: 0 },
      { heading: words('document.amount'), width: 90, align: 'right' },
      { heading: words('portal.balance'), width: 90, align: 'right' },
    ],
    rows.map((row) => [
      { text: formatDay(row.on, locale, 'table', today) },
      { text: row.what },
      { text: amount(row.amount) },
      { text: amount(row.balance) },
    ]),
  )
  sheet.sums([
    { label: words('statement.openingPlain'), value: amount(opening), weight: 'quiet' },
    { label: words('statement.billed'), value: amount(billed), weight: 'quiet' },
    { label: words('statement.paid'), value: amount(minus(zero(paid.currency), paid)), weight: 'quiet' },
    { label: words('statement.closingPlain'), value: amount(closing), weight: 'total' },
  ])
  return sheet.finish({
    left: footOf(issuer, (contact) => words('document.questions', { contact })),
    right: [],
    page: (page, pages) => words('document.page', { page: String(page), pages: String(pages) }),
    running: (page, pages) =>
      words('document.running', { title, number: to, page: String(page), pages: String(pages) }),
  })
}
