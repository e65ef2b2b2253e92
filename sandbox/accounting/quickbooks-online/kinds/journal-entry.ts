import type { Books } from '../books.ts'
import { cents, dollars, sum } from '../cents.ts'
import { isReceivable } from '../currencies.ts'
import { QuickbooksFault } from '../fault.ts'
import type { LedgerLine } from '../ledger.ts'
import type { Line } from '../schema/line.ts'
import type { Content } from '../schema/schemas.ts'
import { contentOf, type Stored } from '../stored.ts'
import { depositedFault, depositLinks, depositOf } from './deposited.ts'
import type { Kind } from './kind.ts'

export const journalEntry: Kind<'JournalEntry'> = {
  accept(books, content, previous) {
    const Line = content.Line.map((line, at) => ({ ...acceptLine(books, line), Id: String(at), LineNum: at + 1 }))
    const debits = sum(Line.filter(isDebit).map((line) => cents(line.Amount)))
    const credits = sum(Line.filter((line) => !isDebit(line)).map((line) => cents(line.Amount)))
    if (Line.length < 2 || debits !== credits) {
      throw new QuickbooksFault('6000', 'Please balance debits and credits', 'Line')
    }
    const accepted = { ...content, Line, Adjustment: content.Adjustment ?? false, TotalAmt: dollars(debits) }
    refuseWhenDeposited(books, previous, accepted)
    return accepted
  },
  footprint: (content) => ({ ledger: content.Line.map(ledgerLine), applies: [], deposits: [] }),
  derived(books, { id }, content) {
    const deposits = content.Line.map((line) => depositOf(books, { type: 'JournalEntry', id, lineId: line.Id ?? '' }))
    const payments = books.applications.sourcesOf({ type: 'JournalEntry', id })
    return {
      LinkedTxn: [...deposits.flatMap(depositLinks), ...payments.map(([TxnId]) => ({ TxnId, TxnType: 'Payment' }))],
    }
  },
}

function isDebit(line: Line): boolean {
  return line.JournalEntryLineDetail?.PostingType === 'Debit'
}

function ledgerLine(line: Line): LedgerLine {
  const detail = line.JournalEntryLineDetail
  const customerId = detail?.Entity?.EntityRef.value
  return {
    accountId: detail?.AccountRef.value ?? '',
    cents: isDebit(line) ? cents(line.Amount) : -cents(line.Amount),
    ...(customerId !== undefined && isReceivable(detail?.AccountRef.value) && { customerId }),
  }
}

function acceptLine(books: Books, line: Line): Line {
  const detail = line.JournalEntryLineDetail
  if (line.DetailType !== 'JournalEntryLineDetail' || detail === undefined) {
    throw new QuickbooksFault(
      '2020',
      'Required parameter Line.JournalEntryLineDetail is missing in the request',
      'Line',
    )
  }
  if (cents(line.Amount) < 0)
    throw new QuickbooksFault('6000', 'Amounts of a journal entry must be 0 or greater', 'Line')
  const AccountRef = books.refer('Account', detail.AccountRef, 'Accounts')
  const type = books.contentOf('Account', AccountRef.value)?.AccountType
  if (type === 'Accounts Receivable' && detail.Entity?.Type !== 'Customer') {
    throw new QuickbooksFault(
      '6000',
      'When you use Accounts Receivable, you must choose a customer in the Name field',
      'Line',
    )
  }
  if (type === 'Accounts Payable' && detail.Entity?.Type !== 'Vendor') {
    throw new QuickbooksFault(
      '6000',
      'When you use Accounts Payable, you must choose a vendor in the Name field',
      'Line',
    )
  }
  const Entity =
    detail.Entity?.Type === 'Customer'
      ? { ...detail.Entity, EntityRef: books.refer('Customer', detail.Entity.EntityRef, 'Names') }
      : detail.Entity
  return { ...line, JournalEntryLineDetail: { ...detail, AccountRef, ...(Entity && { Entity }) } }
}

function refuseWhenDeposited(
  books: Books,
  previous: Stored<'JournalEntry'> | undefined,
  next: Content<'JournalEntry'>,
) {
  if (previous === undefined) return
  for (const line of contentOf(previous).Line) {
    if (depositOf(books, { type: 'JournalEntry', id: previous.id, lineId: line.Id ?? '' }) === undefined) continue
    const after = next.Line.find(({ Id }) => Id === line.Id)
    if (JSON.stringify(after && ledgerLine(after)) !== JSON.stringify(ledgerLine(line))) throw depositedFault()
  }
}
