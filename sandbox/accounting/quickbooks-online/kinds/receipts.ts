import { cents } from '../cents.ts'
import { systemAccounts } from '../chart-of-accounts.ts'
import { depositLinks, depositOf, refuseWhenDeposited } from './deposited.ts'
import type { Kind } from './kind.ts'
import { acceptSale, incomeLines, withSubtotal } from './sales.ts'

export const salesReceipt: Kind<'SalesReceipt'> = {
  accept(books, content, previous) {
    const sale = acceptSale<'SalesReceipt'>(books, content)
    const accepted = {
      ...sale,
      ...(sale.CustomerRef && { CustomerRef: books.refer('Customer', sale.CustomerRef, 'Names') }),
      DepositToAccountRef: books.moneyAccount(sale.DepositToAccountRef ?? { value: systemAccounts.undepositedFunds }),
      Balance: 0,
    }
    refuseWhenDeposited(books, previous, accepted)
    return accepted
  },
  footprint: (content) => ({
    ledger: [
      {
        accountId: content.DepositToAccountRef?.value ?? systemAccounts.undepositedFunds,
        cents: cents(content.TotalAmt),
      },
      ...incomeLines(content),
    ],
    applies: [],
    deposits: [],
  }),
  derived: (books, { id }, content) => ({
    Line: withSubtotal(content),
    LinkedTxn: depositLinks(depositOf(books, { type: 'SalesReceipt', id })),
  }),
}

export const refundReceipt: Kind<'RefundReceipt'> = {
  accept(books, content, previous) {
    const sale = acceptSale<'RefundReceipt'>(books, content)
    const accepted = {
      ...sale,
      ...(sale.CustomerRef && { CustomerRef: books.refer('Customer', sale.CustomerRef, 'Names') }),
      DepositToAccountRef: books.moneyAccount(sale.DepositToAccountRef),
      Balance: 0,
    }
    refuseWhenDeposited(books, previous, accepted)
    return accepted
  },
  footprint: (content) => ({
    ledger: [
      { accountId: content.DepositToAccountRef.value, cents: -cents(content.TotalAmt) },
      ...incomeLines(content).map((line) => ({ ...line, cents: -line.cents })),
    ],
    applies: [],
    deposits: [],
  }),
  derived: (books, { id }, content) => ({
    Line: withSubtotal(content),
    LinkedTxn: depositLinks(depositOf(books, { type: 'RefundReceipt', id })),
  }),
}
