import type { Account } from '@/lib/ledger/account'
import type { PostedCause, PostingKind } from './posting'

/** One line of a journal entry, as it was recorded. */
export type LineFact = {
  debit: Account
  credit: Account
  amountMinor: bigint
  clientId: string | null
  invoiceId: string | null
  attemptId: string | null
}

/** The images a journal entry has in the books, with the amount each moves. Usually one. */
export function postingsOf(
  cause: PostedCause,
  lines: readonly LineFact[],
): { kind: PostingKind; amountMinor: bigint }[] {
  switch (cause) {
    case 'payment.succeeded':
      return some([
        { kind: 'payment', amountMinor: total(paidLines(lines)) },
        { kind: 'surcharge', amountMinor: total(surchargeLines(lines)) },
      ])
    case 'refund.succeeded':
      return some([{ kind: 'refund', amountMinor: total(lines) }])
    case 'payment.returned':
      return some([{ kind: 'return', amountMinor: total(lines) }])
    case 'dispute.opened':
    case 'dispute.won':
    case 'dispute.lost':
      return some([{ kind: 'dispute', amountMinor: total(lines) }])
    case 'refund.reversed':
    case 'payout.failed':
      return some([{ kind: 'reversal', amountMinor: total(lines) }])
    case 'payout.paid':
      return some([
        {
          kind: 'deposit',
          amountMinor: total(lines.filter((l) => l.debit === 'bank')) - total(lines.filter((l) => l.credit === 'bank')),
        },
      ])
  }
}

/** The part of a payment that pays invoices or stays as the client's credit: one payment in the books. */
export function paidLines(lines: readonly LineFact[]): LineFact[] {
  return lines.filter(({ credit }) => credit === 'receivable' || credit === 'unapplied')
}

/** The surcharge of a payment: never part of an invoice, so a document of its own. */
function surchargeLines(lines: readonly LineFact[]): LineFact[] {
  return lines.filter(({ credit }) => credit === 'surcharge_income')
}

/** The lines of an entry that a posting of this kind stands for. */
export function linesFor(kind: PostingKind, lines: LineFact[]): LineFact[] {
  switch (kind) {
    case 'payment':
      return paidLines(lines)
    case 'surcharge':
      return surchargeLines(lines)
    default:
      return lines
  }
}

export function total(lines: readonly LineFact[]): bigint {
  return lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)
}

function some<One extends { amountMinor: bigint }>(postings: One[]): One[] {
  return postings.filter(({ amountMinor }) => amountMinor !== 0n)
}
