import type { Books } from '../accounting/quickbooks-online/books.ts'
import { cents } from '../accounting/quickbooks-online/cents.ts'
import { depositOf } from '../accounting/quickbooks-online/kinds/deposited.ts'
import { contentOf, type Stored } from '../accounting/quickbooks-online/stored.ts'
import type { Column, Row } from './overview.ts'
import { dayWords, money } from './words.ts'

const shownEntities = [
  'Deposit',
  'Payment',
  'JournalEntry',
  'SalesReceipt',
  'RefundReceipt',
  'CreditMemo',
  'Purchase',
  'Transfer',
] as const
type ShownEntity = (typeof shownEntities)[number]

/** The latest entries of the books, and what is open on invoices by them; credits nobody has used are apart, as in the PSA. */
export function booksColumn(books: Books, port: number, today: string, shown: number): Column {
  const latest = shownEntities
    .flatMap((entity): Stored<ShownEntity>[] => books.all(entity))
    .sort((a, b) => b.updatedAt - a.updatedAt || Number(b.id) - Number(a.id))
    .slice(0, shown)
  return {
    key: 'books',
    title: 'Books',
    icon: 'book-open',
    ports: `QuickBooks :${port}`,
    rows: latest.map((stored) => rowOf(books, stored, today)),
    empty: 'Nothing is posted yet.',
    total: { label: 'Open in the books', value: money(openCents(books)) },
  }
}

function openCents(books: Books): number {
  return books
    .all('Invoice')
    .reduce(
      (sum, stored) =>
        sum + cents(contentOf(stored).TotalAmt) - books.applications.takenFrom({ type: 'Invoice', id: stored.id }),
      0,
    )
}

function rowOf(books: Books, stored: Stored<ShownEntity>, today: string): Row {
  const content = contentOf(stored)
  const on = dayWords(content.TxnDate ?? today, today)
  const total = 'Amount' in content ? content.Amount : content.TotalAmt
  const name = 'CustomerRef' in content ? content.CustomerRef?.name : undefined
  const row = { id: `books-${stored.id}`, right: money(cents(total)) }
  const lines = 'Line' in content ? (content.Line ?? []) : []
  switch (stored.entity) {
    case 'Deposit':
      return {
        ...row,
        title: `Deposit ${stored.id}`,
        detail: `${on}, ${lines.length} ${lines.length === 1 ? 'line' : 'lines'}`,
      }
    case 'Payment': {
      const isFree = depositOf(books, { type: 'Payment', id: stored.id }) === undefined && cents(total) > 0
      const act = {
        name: 'delete-payment',
        value: stored.id,
        label: 'Delete it',
        hint: `Delete payment ${stored.id} of ${money(cents(total))} in QuickBooks`,
      }
      return { ...row, title: `Payment, ${name ?? ''}`, detail: paidWords(books, lines, on), ...(isFree && { act }) }
    }
    case 'JournalEntry':
      return {
        ...row,
        title: `Journal entry ${stored.id}`,
        detail: `${on}${content.PrivateNote === undefined ? '' : `, ${content.PrivateNote}`}`,
      }
    case 'SalesReceipt':
      return { ...row, title: `Sales receipt, ${name ?? ''}`, detail: on }
    case 'RefundReceipt':
      return { ...row, right: money(-cents(total)), title: `Refund, ${name ?? ''}`, detail: on }
    case 'CreditMemo':
      return { ...row, right: money(-cents(total)), title: `Credit memo, ${name ?? ''}`, detail: on }
    case 'Purchase':
      return { ...row, right: money(-cents(total)), title: `Purchase ${stored.id}`, detail: on }
    case 'Transfer':
      return { ...row, title: `Transfer ${stored.id}`, detail: on }
  }
}

function paidWords(
  books: Books,
  lines: { LinkedTxn?: { TxnId: string; TxnType: string }[] | undefined }[],
  on: string,
): string {
  const numbers = lines
    .flatMap(({ LinkedTxn }) => LinkedTxn ?? [])
    .filter(({ TxnType }) => TxnType === 'Invoice')
    .map(({ TxnId }) => books.contentOf('Invoice', TxnId)?.DocNumber ?? TxnId)
  if (numbers.length === 0) return `${on}, not applied`
  return `${on}, ${numbers.length === 1 ? 'invoice' : 'invoices'} ${numbers.join(', ')}`
}
