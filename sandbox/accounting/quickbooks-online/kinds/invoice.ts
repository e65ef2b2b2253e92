import type { Books } from '../books.ts'
import { cents, dollars } from '../cents.ts'
import { receivableIn } from '../currencies.ts'
import type { Content } from '../schema/schemas.ts'
import type { Kind } from './kind.ts'
import { acceptSale, incomeLines, withSubtotal } from './sales.ts'

export const invoice: Kind<'Invoice'> = {
  accept(books, content) {
    const sale = acceptSale<'Invoice'>(books, content)
    return {
      ...sale,
      CustomerRef: books.refer('Customer', sale.CustomerRef, 'Names'),
      DueDate: sale.DueDate ?? dueDate(books, sale),
    }
  },
  footprint: (content) => ({
    ledger: [
      {
        accountId: receivableIn(content.CurrencyRef),
        cents: cents(content.TotalAmt),
        customerId: content.CustomerRef.value,
      },
      ...incomeLines(content),
    ],
    applies: [],
    deposits: [],
  }),
  derived(books, { id }, content) {
    const target = { type: 'Invoice', id }
    return {
      Line: withSubtotal(content),
      LinkedTxn: books.applications.sourcesOf(target).map(([TxnId]) => ({ TxnId, TxnType: 'Payment' })),
      Balance: dollars(cents(content.TotalAmt) - books.applications.takenFrom(target)),
    }
  },
}

function dueDate(books: Books, { SalesTermRef, TxnDate }: Content<'Invoice'>): string | undefined {
  if (TxnDate === undefined) return undefined
  const days = SalesTermRef === undefined ? 0 : (books.contentOf('Term', SalesTermRef.value)?.DueDays ?? 0)
  return new Date(Date.parse(TxnDate) + days * 86_400_000).toISOString().slice(0, 10)
}
