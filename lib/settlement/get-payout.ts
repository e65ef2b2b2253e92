import 'server-only'
import type { Actor } from '@/lib/access/actor'
import type { PlainDate } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { Fault } from '@/lib/base/fault'
import { isId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { type Connection, loadConnection } from '@/lib/connectors/connection'
import type { AccountRole } from '@/lib/connectors/contract'
import { systemName } from '@/lib/connectors/system-name'
import { type Money, money } from '@/lib/money/money'
import { bookNames } from './book-names'
import type { LineFact } from './journal-fact'
import { causeOf, type RowSource } from './payout-row'
import {
  type MovementFact,
  type MovementKind,
  type MovementView,
  movementView,
  type PayoutCheck,
  type PayoutState,
  type PayoutView,
  payoutLines,
  sumsOf,
  totalsOf,
} from './payout-view'
import type { PostingState } from './posting'
import { given, latestTieOut, requireStaff } from './queries'

type Payout = {
  id: string
  payoutId: string
  state: PayoutState
  amountMinor: bigint
  currency: string
  arrivesOn: PlainDate
  trace: string | null
  isComplete: boolean
}

/** A payout down to the invoices. @throws Fault not-found, also for another tenant's and for anyone but staff */
export async function getPayout(actor: Actor, id: string): Promise<PayoutView> {
  requireStaff(actor)
  if (!isId(id)) throw new Fault('not-found', 'No such payout')
  const tieOut = await latestTieOut(actor)
  const isDoubted =
    tieOut?.differences.some(({ what, subject }) => what === 'books_deposits' && subject.id === id) ?? false
  return withTenant(actor.tenantId, async (tx) => {
    const payout = await tx.row<Payout>(sql`
      select id, payout_id, state, amount_minor, currency, arrives_on, trace, complete_at is not null as is_complete
      from payouts where tenant_id = ${tx.tenantId} and id = ${id}`)
    if (payout === undefined) throw new Fault('not-found', 'No such payout')
    const { currency } = payout
    const movements = (await readMovements(tx, id)).map((fact) => movementView(fact, currency))
    const books = await loadConnection(tx, 'accounting')
    const names = books === undefined ? new Map<AccountRole, string>() : bookNames(books.settings)
    const lines = payoutLines(movements, currency, (role) => names.get(role))
    const posting = await readPosting(tx, id)
    const sums = sumsOf(movements, currency)
    const amount = money(payout.amountMinor, currency)
    return {
      id,
      payoutId: payout.payoutId,
      state: payout.state,
      amount,
      arrivesOn: payout.arrivesOn,
      isComplete: payout.isComplete,
      movementCount: movements.length,
      invoiceCount: new Set(movements.flatMap(({ invoices }) => invoices.map((one) => one.id))).size,
      fees: sums.fees,
      sums,
      movements,
      totals: totalsOf(movements, currency),
      lines,
      balanced: money(
        lines.reduce((sum, { debit }) => sum + (debit?.minor ?? 0n), 0n),
        currency,
      ),
      checks: [
        ...moneyChecks(payout, amount, sums.net),
        ...(books === undefined ? [] : [booksCheck(books, posting, amount, isDoubted)]),
        ...(await psaCheck(tx, movements)),
      ],
      ...given('trace', payout.trace),
      ...(posting === undefined
        ? {}
        : {
            posting,
            deposit: {
              state: posting.state,
              ...(posting.externalId === undefined ? {} : { externalId: posting.externalId }),
            },
          }),
    }
  })
}

type Row = RowSource & {
  id: string
  amountMinor: bigint
  feeMinor: bigint
  chargedMinor: bigint | null
  clientId: string | null
  clientName: string | null
  methodType: string | null
  methodLabel: string | null
  reason: string | null
}

async function readMovements(tx: Tx, payoutId: string): Promise<MovementFact[]> {
  const rows = await tx.rows<Row>(sql`
    select b.id, b.category, b.attempt_id, b.amount_minor, b.fee_minor, r.id as refund_id, d.id as dispute_id, d.kind as dispute_kind, o.id as payout_id,
      a.amount_minor as charged_minor, a.client_id, c.name as client_name, a.method_type, a.method_label, coalesce(d.reason, r.failure_reason) as reason
    from balance_transactions b
    left join refunds r on r.tenant_id = b.tenant_id and r.refund_id = b.source_id
    left join disputes d on d.tenant_id = b.tenant_id and d.dispute_id = b.source_id
    left join payouts o on o.tenant_id = b.tenant_id and o.account = b.account and o.payout_id = b.source_id
    left join attempts a on a.tenant_id = b.tenant_id and a.id = b.attempt_id
    left join clients c on c.tenant_id = a.tenant_id and c.id = a.client_id
    where b.tenant_id = ${tx.tenantId} and b.payout_id = ${payoutId} and b.category <> 'payout'
    order by b.amount_minor > 0 desc, b.created_at, b.balance_transaction_id`)
  const causes = rows.map((row) => causeOf(row))
  const lines = await tx.rows<LineFact & { causeKind: string; causeId: string; number: string | null }>(sql`
    select e.cause_kind, e.cause_id, l.debit, l.credit, l.amount_minor, l.client_id, l.invoice_id, l.attempt_id, i.number
    from journal_entries e
    join unnest(${causes.map((cause) => cause?.kind ?? '')}::text[], ${causes.map((cause) => cause?.id ?? '')}::text[]) as asked (kind, id)
      on asked.kind = e.cause_kind and asked.id = e.cause_id
    join journal_lines l on l.tenant_id = e.tenant_id and l.entry_id = e.id
    left join invoices i on i.tenant_id = l.tenant_id and i.id = l.invoice_id
    where e.tenant_id = ${tx.tenantId} order by l.position`)
  const byCause = Map.groupBy(lines, ({ causeKind, causeId }) => `${causeKind} ${causeId}`)
  const numbers = new Map(
    lines.flatMap(({ invoiceId, number }) => (invoiceId === null || number === null ? [] : [[invoiceId, number]])),
  )
  return rows.map((row, at) => {
    const cause = causes[at]
    return {
      id: row.id,
      kind: kindOf(row),
      isPart: row.refundId !== null && row.chargedMinor !== null && -row.amountMinor < row.chargedMinor,
      amountMinor: row.amountMinor,
      feeMinor: row.feeMinor,
      lines: cause === undefined ? [] : (byCause.get(`${cause.kind} ${cause.id}`) ?? []),
      numbers,
      ...given('attemptId', row.attemptId),
      ...given('clientId', row.clientId),
      ...given('clientName', row.clientName),
      ...given('methodType', row.methodType),
      ...given('methodLabel', row.methodLabel),
      ...given('reason', row.reason),
    }
  })
}

function kindOf({ category, disputeKind }: RowSource): MovementKind {
  switch (category) {
    case 'charge':
      return 'payment'
    case 'refund':
      return 'refund'
    case 'refund_failure':
      return 'refund_failed'
    case 'dispute':
      return disputeKind === 'return' ? 'return' : 'dispute'
    case 'dispute_reversal':
      return 'dispute_won'
    case 'payout_reversal':
      return 'payout_failed'
    case 'fee':
      return 'fee'
    default:
      return 'other'
  }
}

async function readPosting(tx: Tx, payoutId: string): Promise<PayoutView['posting']> {
  const row = await tx.row<{
    id: string
    state: PostingState
    externalKind: string | null
    externalId: string | null
    error: string | null
    postedAt: Date | null
  }>(sql`
    select id, state, external_kind, external_id, error, posted_at from postings
    where tenant_id = ${tx.tenantId} and kind = 'deposit' and cause_kind = 'payout.paid' and cause_id = ${payoutId}
    order by created_at desc limit 1`)
  return (
    row && {
      id: row.id,
      state: row.state,
      ...given('externalKind', row.externalKind),
      ...given('externalId', row.externalId),
      ...given('error', row.error),
      ...given('postedAt', row.postedAt),
    }
  )
}

function moneyChecks({ state }: Payout, amount: Money, listed: Money): PayoutCheck[] {
  const arrival = state === 'paid' ? 'ok' : state === 'failed' || state === 'canceled' ? 'differs' : 'waiting'
  return [
    { against: 'stripe', system: 'Stripe', amount: listed, state: listed.minor === amount.minor ? 'ok' : 'differs' },
    { against: 'bank', system: 'Bank', amount, state: arrival },
  ]
}

function booksCheck(books: Connection, posting: PayoutView['posting'], amount: Money, isDoubted: boolean): PayoutCheck {
  const isPosted = posting?.state === 'posted'
  const state = isDoubted || posting?.state === 'refused' ? 'differs' : isPosted ? 'ok' : 'waiting'
  return { against: 'books', system: systemName(books), state, ...(isPosted ? { amount } : {}) }
}

async function psaCheck(tx: Tx, movements: readonly MovementView[]): Promise<PayoutCheck[]> {
  const psa = await loadConnection(tx, 'psa')
  const attempts = [...new Set(movements.flatMap(({ attemptId }) => attemptId ?? []))]
  if (psa === undefined || attempts.length === 0) return []
  const row = await tx.row<{ of: number; done: number; stuck: number }>(sql`
    select count(*)::int as of, count(*) filter (where state = 'in_step')::int as done, count(*) filter (where state = 'needs_you')::int as stuck
    from write_backs where tenant_id = ${tx.tenantId} and attempt_id = any(${attempts}::uuid[])`)
  const { of, done, stuck } = row ?? { of: 0, done: 0, stuck: 0 }
  return [
    { against: 'psa', system: systemName(psa), state: stuck > 0 ? 'differs' : done < of ? 'waiting' : 'ok', done, of },
  ]
}
