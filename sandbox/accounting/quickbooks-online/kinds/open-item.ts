import type { Books } from '../books.ts'
import { cents, sum } from '../cents.ts'
import { isReceivable } from '../currencies.ts'
import { QuickbooksFault } from '../fault.ts'
import type { LinkedTxn } from '../schema/common.ts'
import type { Content } from '../schema/schemas.ts'

/** Something on a customer's account that a payment can take up: an invoice, a credit memo, a journal entry. */
type OpenItem = { customerId: string; openCents: number; isCredit: boolean }

export function openItem(books: Books, { TxnType, TxnId }: LinkedTxn): OpenItem {
  const taken = books.applications.takenFrom({ type: TxnType, id: TxnId })
  switch (TxnType) {
    case 'Invoice':
    case 'CreditMemo': {
      const found = books.contentOf(TxnType, TxnId)
      if (found === undefined) break
      return {
        customerId: found.CustomerRef.value,
        openCents: cents(found.TotalAmt) - taken,
        isCredit: TxnType === 'CreditMemo',
      }
    }
    case 'JournalEntry': {
      const found = books.contentOf('JournalEntry', TxnId)
      if (found === undefined) break
      const { customerId, debitCents } = receivableOf(found)
      return { customerId, openCents: Math.abs(debitCents) - taken, isCredit: debitCents < 0 }
    }
  }
  throw new QuickbooksFault(
    '2500',
    `Invalid Reference Id : Something you're trying to use has been made inactive. Check the fields with accounts, customers, items, vendors or employees. ${TxnType} ${TxnId}`,
    'Line.LinkedTxn',
  )
}

/** The part of a journal entry that stands on a customer's account. */
function receivableOf(entry: Content<'JournalEntry'>): { customerId: string; debitCents: number } {
  const lines = entry.Line.filter((line) => isReceivable(line.JournalEntryLineDetail?.AccountRef.value))
  const debitCents = sum(
    lines.map((line) => (line.JournalEntryLineDetail?.PostingType === 'Debit' ? 1 : -1) * cents(line.Amount)),
  )
  return { customerId: lines[0]?.JournalEntryLineDetail?.Entity?.EntityRef.value ?? '', debitCents }
}
