import 'server-only'
import { now, todayIn } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { faultPoint } from '@/lib/base/fault-point'
import { newId } from '@/lib/base/ids'
import { log } from '@/lib/base/log'
import { sql } from '@/lib/base/sql'
import { loadConnection } from '@/lib/connectors/connection'
import { announce } from '@/lib/events/announce'
import { raise, settle } from '@/lib/events/exception'
import type { Entry } from '@/lib/ledger/entry'
import { record } from '@/lib/ledger/record'
import { formatMoney } from '@/lib/money/format'
import { money } from '@/lib/money/money'
import type { BalanceTransactionNews, Gateway, PayoutNews } from '@/lib/payments/gateway'
import { openGateway } from '@/lib/payments/open-gateway'
import { getTenant } from '@/lib/tenancy/queries'
import { adoptBalanceTransactions, type KeptTransaction, keepBalanceTransactions } from './balance-transactions'
import { feeEntries } from './fee-entries'
import { planPostings, wake } from './plan-postings'

/** A payout may fail up to a week after it was paid; older ones are final. */
const PAYOUT_OVERLAP_MS = 10 * 86_400_000
const ROW_OVERLAP_MS = 86_400_000

export type Settled = {
  payouts: number
  rows: number
  /** Money Stripe has taken in that no attempt of ours accounts for. */
  strangers: { balanceTransactionId: string; amountMinor: bigint; currency: string }[]
}

/**
 * Reads Stripe's own book: every movement of the balance, every payout with all that is in it. Books the fees and the
 * payouts in the journal, and says so when a payout is complete: paid, and its rows adding up to its amount.
 * Safe to run at any time and twice at once: what is known changes nothing.
 * @throws GatewayFault; Fault conflict when Stripe is not connected
 */
export async function settlePayouts(tenantId: string): Promise<Settled> {
  const start = await withTenant(tenantId, async (tx) => ({ gateway: await openGateway(tx), ...(await readMarks(tx)) }))
  const { gateway } = start
  const recent = await collect(gateway.listBalanceTransactions({ since: start.rowsSince }))
  const kept = await withTenant(tenantId, (tx) => takeRows(tx, gateway.account, recent))
  await withTenant(tenantId, (tx) => adoptRows(tx, gateway.account))
  await faultPoint('payout.rows_kept')
  const payouts = await collect(gateway.listPayouts(start.payoutsSince))
  // Oldest first, one after the other: each is its own transaction, and a list can be long.
  for (const payout of payouts.reverse()) await settlePayout(tenantId, gateway, payout, start.complete)
  const strangers = kept.filter(({ category, attemptId }) => category === 'charge' && attemptId === null)
  return { payouts: payouts.length, rows: recent.length, strangers }
}

async function readMarks(tx: Tx): Promise<{ rowsSince: Date; payoutsSince: Date; complete: Set<string> }> {
  const connection = await loadConnection(tx, 'payments')
  const from = connection?.connectedAt ?? now()
  const marks = await tx.row<{ rows: Date | null; payouts: Date | null; open: Date | null }>(sql`
    select (select max(created_at) from balance_transactions where tenant_id = ${tx.tenantId}) as rows,
      (select max(created_at) from payouts where tenant_id = ${tx.tenantId}) as payouts,
      (select min(created_at) from payouts where tenant_id = ${tx.tenantId} and (state in ('pending', 'in_transit') or (state = 'paid' and complete_at is null))) as open`)
  const complete = await tx.rows<{ payoutId: string }>(sql`
    select payout_id from payouts where tenant_id = ${tx.tenantId} and complete_at is not null
      and created_at >= ${new Date(now().getTime() - 6 * PAYOUT_OVERLAP_MS)}`)
  const before = (at: Date | null | undefined, ms: number) => new Date((at ?? from).getTime() - ms)
  const since = before(marks?.payouts, PAYOUT_OVERLAP_MS)
  return {
    rowsSince: before(marks?.rows, ROW_OVERLAP_MS),
    payoutsSince: marks?.open && marks.open < since ? marks.open : since,
    complete: new Set(complete.map(({ payoutId }) => payoutId)),
  }
}

async function takeRows(
  tx: Tx,
  account: string,
  news: BalanceTransactionNews[],
  payoutId?: string,
): Promise<KeptTransaction[]> {
  const { timeZone } = await getTenant(tx)
  const kept = await keepBalanceTransactions(tx, account, news, payoutId)
  await record(
    tx,
    feeEntries(kept, (at) => todayIn(timeZone, at)),
  )
  return kept
}

/** A row that has found its payment has a fee to book, and its payout a deposit to try again if that was refused for it. */
async function adoptRows(tx: Tx, account: string): Promise<void> {
  const { timeZone } = await getTenant(tx)
  const adopted = await adoptBalanceTransactions(tx, account)
  await record(
    tx,
    feeEntries(adopted, (at) => todayIn(timeZone, at)),
  )
  const payoutIds = adopted.flatMap(({ payoutId }) => payoutId ?? [])
  if (payoutIds.length === 0) return
  const refused = await tx.rows<{ id: string }>(sql`
    update postings set state = 'retrying', error = null
    where tenant_id = ${tx.tenantId} and kind = 'deposit' and state = 'refused' and cause_id = any(${payoutIds}::text[])
    returning id`)
  await wake(tx, refused, (id) => `${id}:adopted:${adopted.at(-1)?.id}`)
}

async function settlePayout(
  tenantId: string,
  gateway: Gateway,
  news: PayoutNews,
  complete: Set<string>,
): Promise<void> {
  const mayList = !complete.has(news.externalId) && (news.isComplete || news.status === 'paid')
  const rows = mayList ? await collect(gateway.listBalanceTransactions({ payout: news.externalId })) : []
  await withTenant(tenantId, async (tx) => {
    const payout = await keepPayout(tx, gateway.account, news)
    await takeRows(tx, gateway.account, rows, payout.id)
    await bookPayout(tx, payout, news)
    await faultPoint('payout.booked')
    const isComplete = payout.completeAt !== null || (mayList && (await addsUp(tx, payout, news)))
    if (isComplete && news.status === 'paid')
      await announce(tx, { kind: 'payout.complete', payoutId: payout.id }, payout.id)
  })
  await faultPoint('payout.settled')
}

type Payout = { id: string; completeAt: Date | null; arrivesOn: string }

async function keepPayout(tx: Tx, account: string, news: PayoutNews): Promise<Payout> {
  const row = await tx.row<Payout>(sql`
    insert into payouts (tenant_id, id, account, payout_id, state, amount_minor, currency, arrives_on, trace, created_at)
    values (${tx.tenantId}, ${newId()}, ${account}, ${news.externalId}, ${news.status}, ${news.amount.minor}, ${news.amount.currency},
      ${news.arrivesOn}, ${news.trace ?? null}, ${news.createdAt})
    on conflict (tenant_id, account, payout_id) do update
      set state = excluded.state, arrives_on = excluded.arrives_on, trace = coalesce(excluded.trace, payouts.trace)
    returning id, complete_at, arrives_on`)
  if (row === undefined) throw new Error('a payout was not stored')
  return row
}

/** Paid: the money left clearing for the bank. Failed after that: it came back. A negative payout moves the other way. */
async function bookPayout(tx: Tx, payout: Payout, news: PayoutNews): Promise<void> {
  const isBack = news.status === 'failed' || news.status === 'canceled'
  if (news.status !== 'paid' && !isBack) return
  const { minor, currency } = news.amount
  const outward = minor >= 0n !== isBack
  const { timeZone } = await getTenant(tx)
  const entry: Entry = {
    cause: { kind: isBack ? 'payout.failed' : 'payout.paid', id: payout.id },
    happenedAt: now(),
    bookedOn: isBack ? todayIn(timeZone) : payout.arrivesOn,
    movements: [
      {
        debit: outward ? 'bank' : 'clearing',
        credit: outward ? 'clearing' : 'bank',
        amount: money(minor < 0n ? -minor : minor, currency),
        payoutId: payout.id,
      },
    ],
  }
  if (isBack) {
    const wasPaid = await tx.row(sql`
      select id from journal_entries where tenant_id = ${tx.tenantId} and cause_kind = 'payout.paid' and cause_id = ${payout.id}`)
    if (wasPaid === undefined) return
  }
  const fresh = await record(tx, [entry])
  if (fresh.size === 0) return
  if (isBack) await planPostings(tx, { kind: 'payout.failed', id: payout.id })
  log.info({ tenantId: tx.tenantId, payoutId: payout.id }, entry.cause.kind)
}

/** Whether the rows of a payout, all but its own, add up to it; if so it is complete from now on. */
async function addsUp(tx: Tx, payout: Payout, { amount, status }: PayoutNews): Promise<boolean> {
  const listed = await tx.row<{ minor: bigint }>(sql`
    select coalesce(sum(net_minor), 0)::bigint as minor from balance_transactions
    where tenant_id = ${tx.tenantId} and payout_id = ${payout.id} and category <> 'payout'`)
  if (listed?.minor === amount.minor) {
    await tx.run(sql`update payouts set complete_at = ${now()} where tenant_id = ${tx.tenantId} and id = ${payout.id}`)
    await settle(tx, 'payout-incomplete', payout.id)
    return true
  }
  if (status !== 'paid') return false
  const [is, has] = [amount, money(listed?.minor ?? 0n, amount.currency)].map((sum) => formatMoney(sum, 'en-US'))
  await raise(tx, {
    cause: 'payout-incomplete',
    subject: { kind: 'payout', id: payout.id },
    amount,
    detail: `The payout is ${is}, but the movements Stripe lists in it add up to ${has}.`,
    nextStep: 'Nothing is posted until they agree. We read it again by itself; if it stays, compare with Stripe.',
  })
  return false
}

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = []
  for await (const item of items) all.push(item)
  return all
}
