import { cents, dollars, sum } from '../cents.ts'
import { QuickbooksFault } from '../fault.ts'
import type { Kind } from './kind.ts'

/** Money spent from a bank, card or cash account. */
export const purchase: Kind<'Purchase'> = {
  accept(books, content) {
    if (content.Line.length === 0) {
      throw new QuickbooksFault('2020', 'Required parameter Line is missing in the request', 'Line')
    }
    const Line = content.Line.map((line, at) => {
      const detail = line.AccountBasedExpenseLineDetail
      if (detail?.AccountRef === undefined) {
        throw new QuickbooksFault(
          '2020',
          'Required parameter Line.AccountBasedExpenseLineDetail is missing in the request',
          'Line',
        )
      }
      const AccountRef = books.refer('Account', detail.AccountRef, 'Accounts')
      return { ...line, Id: String(at + 1), AccountBasedExpenseLineDetail: { ...detail, AccountRef } }
    })
    const AccountRef = books.moneyAccount(content.AccountRef, ['Credit Card'])
    return { ...content, AccountRef, Line, TotalAmt: dollars(sum(Line.map((line) => cents(line.Amount)))) }
  },
  footprint(content) {
    const sign = content.Credit === true ? -1 : 1
    return {
      ledger: [
        { accountId: content.AccountRef.value, cents: -sign * cents(content.TotalAmt) },
        ...content.Line.map((line) => ({
          accountId: line.AccountBasedExpenseLineDetail?.AccountRef?.value ?? '',
          cents: sign * cents(line.Amount),
        })),
      ],
      applies: [],
      deposits: [],
    }
  },
}

export const transfer: Kind<'Transfer'> = {
  accept(books, { DocNumber: _, ...content }) {
    if (cents(content.Amount) <= 0)
      throw new QuickbooksFault('6000', 'The amount of a transfer must be above 0', 'Amount')
    return {
      ...content,
      FromAccountRef: books.moneyAccount(content.FromAccountRef, ['Credit Card', 'Other Current Liability']),
      ToAccountRef: books.moneyAccount(content.ToAccountRef, ['Credit Card', 'Other Current Liability']),
    }
  },
  footprint: (content) => ({
    ledger: [
      { accountId: content.ToAccountRef.value, cents: cents(content.Amount) },
      { accountId: content.FromAccountRef.value, cents: -cents(content.Amount) },
    ],
    applies: [],
    deposits: [],
  }),
}
