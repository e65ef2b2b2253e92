import type { PlainDate } from '@/lib/base/clock'
import type {
  AccountRole,
  BookInvoice,
  JournalDocumentLine,
  PostingDocument,
  Reapplied,
} from '@/lib/connectors/contract'
import type { Account } from '@/lib/ledger/account'
import { money } from '@/lib/money/money'
import { type LineFact, paidLines, total } from './journal-fact'

/** What every document says, whatever its kind. */
export type Heading = { reference: string; on: PlainDate; currency: string; note: string }

export type PaymentDocument = PostingDocument & { kind: 'payment' }
export type JournalDocument = PostingDocument & { kind: 'journal' }

/** A payment, applied to the invoices it paid; what stayed as credit is left unapplied on the customer. */
export function paymentDocument(
  heading: Heading,
  lines: readonly LineFact[],
  books: { customerExternalId: string; invoices: ReadonlyMap<string, BookInvoice>; method: string },
): PaymentDocument {
  const paid = paidLines(lines)
  const applied = paid.flatMap(({ credit, invoiceId, amountMinor }) => {
    if (credit !== 'receivable' || invoiceId === null) return []
    const invoice = books.invoices.get(invoiceId)
    if (invoice === undefined) throw new Error(`Invoice ${invoiceId} was not looked up in the books`)
    return [{ invoiceExternalId: invoice.externalId, amount: money(amountMinor, heading.currency) }]
  })
  return {
    kind: 'payment',
    ...heading,
    customerExternalId: books.customerExternalId,
    amount: money(total(paid), heading.currency),
    method: books.method,
    applied,
  }
}

/**
 * A journal entry of ours as one of theirs, account by account: refund, return, dispute, surcharge, payout that came
 * back. The clearing line comes first, one for all, since a deposit takes it up as a whole.
 */
export function journalDocument(
  heading: Heading,
  lines: readonly LineFact[],
  books: {
    /** By our client id. */
    customers: ReadonlyMap<string, string>
    /** The payment document of an attempt, by attempt id. */
    payments: ReadonlyMap<string, string>
    /** By our invoice id. */
    invoices: ReadonlyMap<string, string>
    /** The document that took back what this gives back. */
    takenBackBy?: string
    description: string
  },
): JournalDocument {
  const sides = lines.flatMap((line) => [
    { side: 'debit' as const, role: roleOf(line.debit), ...line },
    { side: 'credit' as const, role: roleOf(line.credit), ...line },
  ])
  const sums = new Map<string, JournalDocumentLine>()
  for (const { side, role, amountMinor, clientId } of sides) {
    const customer = role === 'receivable' ? books.customers.get(clientId ?? '') : undefined
    if (role === 'receivable' && customer === undefined)
      throw new Error(`Client ${clientId ?? 'unknown'} has no customer in the books`)
    const key = `${role} ${side} ${customer ?? ''}`
    const before = sums.get(key)?.amount.minor ?? 0n
    sums.set(key, {
      side,
      role,
      amount: money(before + amountMinor, heading.currency),
      description: books.description,
      ...(customer === undefined ? {} : { customerExternalId: customer }),
    })
  }
  const inOrder = [...sums.values()].sort((a, b) => Number(b.role === 'clearing') - Number(a.role === 'clearing'))
  const reapplied = moves(heading.currency, lines, books)
  return { kind: 'journal', ...heading, lines: inOrder, ...(reapplied.length === 0 ? {} : { reapplied }) }
}

/** Invoices that are owed again: what a payment of ours had taken off them and this entry puts back. And the reverse. */
function moves(
  currency: string,
  lines: readonly LineFact[],
  books: {
    payments: ReadonlyMap<string, string>
    invoices: ReadonlyMap<string, string>
    takenBackBy?: string
  },
): Reapplied[] {
  return lines.flatMap(({ debit, credit, invoiceId, attemptId, amountMinor }): Reapplied[] => {
    const paymentExternalId = books.payments.get(attemptId ?? '')
    const invoiceExternalId = books.invoices.get(invoiceId ?? '')
    if (paymentExternalId === undefined || invoiceExternalId === undefined) return []
    const move = { paymentExternalId, invoiceExternalId, amount: money(amountMinor, currency) }
    if (debit === 'receivable' && credit !== 'billed') return [{ ...move, to: 'journal' }]
    const { takenBackBy: journalExternalId } = books
    if (credit === 'receivable' && journalExternalId !== undefined)
      return [{ ...move, to: 'invoice', journalExternalId }]
    return []
  })
}

/** A client's credit, and what an invoice was reduced by, stand on the customer's account in the books. */
function roleOf(account: Account): AccountRole {
  switch (account) {
    case 'unapplied':
    case 'billed':
      return 'receivable'
    default:
      return account
  }
}
