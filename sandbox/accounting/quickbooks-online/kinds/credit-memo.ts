import { cents, dollars } from '../cents.ts'
import { receivableIn } from '../currencies.ts'
import type { Kind } from './kind.ts'
import { acceptSale, incomeLines, withSubtotal } from './sales.ts'

export const creditMemo: Kind<'CreditMemo'> = {
  accept: (books, content) => ({
    ...acceptSale<'CreditMemo'>(books, content),
    CustomerRef: books.refer('Customer', content.CustomerRef, 'Names'),
  }),
  footprint: (content) => ({
    ledger: [
      {
        accountId: receivableIn(content.CurrencyRef),
        cents: -cents(content.TotalAmt),
        customerId: content.CustomerRef.value,
      },
      ...incomeLines(content).map((line) => ({ ...line, cents: -line.cents })),
    ],
    applies: [],
    deposits: [],
  }),
  derived(books, { id }, content) {
    const target = { type: 'CreditMemo', id }
    const left = dollars(cents(content.TotalAmt) - books.applications.takenFrom(target))
    return {
      Line: withSubtotal(content),
      LinkedTxn: books.applications.sourcesOf(target).map(([TxnId]) => ({ TxnId, TxnType: 'Payment' })),
      Balance: left,
      RemainingCredit: left,
    }
  },
}
