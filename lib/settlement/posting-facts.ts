import 'server-only'
import type { PlainDate } from '@/lib/base/clock'
import type { Tx } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { type LineFact, linesFor } from './journal-fact'
import type { PayoutRow } from './payout-row'
import { readPayoutRows } from './payout-rows'
import type { PostedCause, PostingKind, PostingState } from './posting'
import { countUnpostedReopenings } from './reopenings'

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
  /** Payments of the attempts this takes back from, as they stand in the books; `waiting` also before they are planned. */
  payments: { attemptId: string; state: PostingState; externalId: string | null }[]
  /** The refund's document, where this is the news that the refund could not be delivered. */
  takenBackBy?: { state: PostingState; externalId: string | null }
  /** Of what had opened an invoice again before this takes something off it, as many as are not in the books yet. */
  unpostedReopenings: number
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
  const images = (kind: PostingKind, cause: PostedCause, ids: readonly string[]) =>
    readImages(tx, posting.connectionId, kind, cause, ids)
  const payments = await images('payment', 'payment.succeeded', attemptIds)
  const [takenBackBy] =
    posting.causeKind === 'refund.reversed' ? await images('refund', 'refund.succeeded', [posting.causeId]) : []
  const payout = posting.kind === 'deposit' ? await readPayout(tx, posting) : undefined
  return {
    posting,
    lines,
    invoices,
    clients,
    payments: payments.map(({ causeId, ...image }) => ({ attemptId: causeId, ...image })),
    method: attempt?.methodLabel ?? '',
    paymentIntentId: attempt?.paymentIntentId ?? null,
    unpostedReopenings: await countUnpostedReopenings(tx, posting),
    ...(takenBackBy === undefined ? {} : { takenBackBy }),
    ...(payout === undefined ? {} : { payout }),
  }
}

/**
 * How causes that others build on stand in the books. News come in any order: what is still to be planned waits like the
 * rest. Books that came after other books have no image of what is older, and nobody waits for one.
 */
function readImages(
  tx: Tx,
  connectionId: string,
  kind: PostingKind,
  cause: PostedCause,
  causeIds: readonly string[],
): Promise<{ causeId: string; state: PostingState; externalId: string | null }[]> {
  return tx.rows(sql`
    select e.cause_id, coalesce(p.state, 'waiting') as state, p.external_id
    from journal_entries e
    join connections c on c.tenant_id = e.tenant_id and c.id = ${connectionId}
    left join postings p on p.tenant_id = e.tenant_id and p.connection_id = c.id and p.kind = ${kind}
      and p.cause_kind = e.cause_kind and p.cause_id = e.cause_id
    where e.tenant_id = ${tx.tenantId} and e.cause_kind = ${cause} and e.cause_id = any(${[...causeIds]}::text[])
      and (p.id is not null or e.booked_on >= coalesce((c.settings ->> 'postFrom')::date, '-infinity'))`)
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
