import type { Books } from '../books.ts'
import { QuickbooksFault } from '../fault.ts'
import type { Target } from '../link-table.ts'
import type { Ref } from '../schema/common.ts'
import { contentOf, type Stored } from '../stored.ts'

/** The deposit that took this transaction to the bank, if any. */
export function depositOf(books: Books, target: Target): string | undefined {
  return books.deposits.sourcesOf(target)[0]?.[0]
}

export function depositLinks(depositId: string | undefined): { TxnId: string; TxnType: string }[] {
  return depositId === undefined ? [] : [{ TxnId: depositId, TxnType: 'Deposit' }]
}

/** Amount and account of a deposited transaction are fixed; its words are not. */
export function refuseWhenDeposited(
  books: Books,
  previous: Stored<'Payment' | 'SalesReceipt' | 'RefundReceipt'> | undefined,
  next: { TotalAmt?: number | undefined; DepositToAccountRef?: Ref | undefined },
): void {
  if (previous === undefined || depositOf(books, { type: previous.entity, id: previous.id }) === undefined) return
  const before = contentOf(previous)
  const isSame =
    before.TotalAmt === next.TotalAmt && before.DepositToAccountRef?.value === next.DepositToAccountRef?.value
  if (!isSame) throw depositedFault()
}

export function depositedFault(): QuickbooksFault {
  return new QuickbooksFault(
    '6540',
    'The transaction you are trying to change has been deposited. If you want to change it, you must delete it from the deposit first',
  )
}
