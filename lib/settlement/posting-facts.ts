import 'server-only'
import type { PlainDate } from '@/lib/base/clock'
import type { Tx } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { type LineFact, linesFor } from './journal-fact'
import type { PayoutRow } from './payout-row'
import { readPayoutRows } from './payout-rows'
import type { PostedCause, PostingKind, PostingState } from './posting'

/** A posting as it is kept. */
export type PostingRow = {
  id: string
  connectionId: string
  kind: PostingKind
  causeKind: PostedCause
  causeId: string
  state: PostingState
  amountMinor: bigint
  currency: string
  bookedOn: PlainDate
  tries: number
  createdAt: Date
}

/** Locks a posting for the decision what to do with it. */
export async function lockPosting(tx: Tx, postingId: string): Promise<PostingRow | undefined> {
  return tx.row<PostingRow>(sql`
    select id, connection_id, kind, cause_kind, cause_id, state, amount_minor, currency, booked_on, tries, created_at
    from postings where tenant_id = ${tx.tenantId} and id = ${postingId} for update`)
}

/** An invoice a posting touches. */
type InvoiceFact = { id: string; number: string; clientId: string; totalMinor: bigint }

/** Everything our own records say about a posting, read once. */
export type PostingFacts = {
  posting: PostingRow
  lines: LineFact[]
  invoices: InvoiceFact[]
  clients: { id: string; name: string }[]
  /** `Visa credit, 4242`, and Stripe's id, for the note. */
  method: string
  paymentIntentId: string | null
  /** Payments of the attempts this takes back from, as they stand in the books. */
  payments: { attemptId: string; state: PostingState; externalId: string | null }[]
  /** The refund's document, where this is the news that the refund could not be delivered. */
  takenBackBy?: { state: PostingState; externalId: string | null }
  payout?: { payoutId: string; amountMinor: bigint; arrivesOn: PlainDate; rows: PayoutRow[] }
}

export async function readPostingFacts(tx: Tx, posting: PostingRow): Promise<PostingFacts> {
  const entry = await tx.rows<LineFact>(sql`
    select l.debit, l.credit, l.amount_minor, l.client_id, l.invoice_id, l.attempt_id
    from journal_entries e join journal_lines l on l.tenant_id = e.tenant_id and l.entry_id = e.id
    where e.tenant_id = ${tx.tenantId} and e.cause_kind = ${posting.causeKind} and e.cause_id = ${posting.causeId}
    order by l.position`)
  const lines = linesFor(posting.kind, entry)
  const ids = (of: (line: LineFact) => string | null) => [...new Set(lines.map(of).filter((id) => id !== null))]
  const invoices = await tx.rows<InvoiceFact>(sql`
    select id, number, client_id, total_minor from invoices
    where tenant_id = ${tx.tenantId} and id = any(${ids(owedInvoice)}::uuid[]) order by number`)
  const clients = await tx.rows<{ id: string; name: string }>(sql`
    select id, name from clients where tenant_id = ${tx.tenantId} and id = any(${ids((line) => line.clientId)}::uuid[])`)
  const attemptIds = ids((line) => line.attemptId)
  const attempt = await tx.row<{ methodLabel: string | null; paymentIntentId: string | null }>(sql`
    select method_label, payment_intent_id from attempts
    where tenant_id = ${tx.tenantId} and id = any(${attemptIds}::uuid[]) limit 1`)
  const payments = await tx.rows<PostingFacts['payments'][number]>(sql`
    select cause_id as attempt_id, state, external_id from postings
    where tenant_id = ${tx.tenantId} and connection_id = ${posting.connectionId} and kind = 'payment'
      and cause_kind = 'payment.succeeded' and cause_id = any(${attemptIds}::text[])`)
  const takenBackBy =
    posting.causeKind === 'refund.reversed'
      ? await tx.row<NonNullable<PostingFacts['takenBackBy']>>(sql`
          select state, external_id from postings
          where tenant_id = ${tx.tenantId} and connection_id = ${posting.connectionId} and cause_kind = 'refund.succeeded' and cause_id = ${posting.causeId}`)
      : undefined
  const payout = posting.kind === 'deposit' ? await readPayout(tx, posting) : undefined
  return {
    posting,
    lines,
    invoices,
    clients,
    payments,
    method: attempt?.methodLabel ?? '',
    paymentIntentId: attempt?.paymentIntentId ?? null,
    ...(takenBackBy === undefined ? {} : { takenBackBy }),
    ...(payout === undefined ? {} : { payout }),
  }
}

/** The invoice a line takes something off or puts something on; credit beside it is the customer's, not the invoice's. */
function owedInvoice({ debit, credit, invoiceId }: LineFact): string | null {
  return debit === 'receivable' || credit === 'receivable' ? invoiceId : null
}

async function readPayout(tx: Tx, posting: PostingRow): Promise<PostingFacts['payout']> {
  const payout = await tx.row<{ payoutId: string; amountMinor: bigint; arrivesOn: PlainDate }>(sql`
    select payout_id, amount_minor, arrives_on from payouts where tenant_id = ${tx.tenantId} and id = ${posting.causeId}`)
  return payout && { ...payout, rows: await readPayoutRows(tx, posting.causeId, posting.connectionId) }
}
