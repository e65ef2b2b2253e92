import 'server-only'
import type { Tx } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import type { BalanceTransactionNews } from '@/lib/payments/gateway'

/** A balance transaction as it is kept, with the attempt it belongs to where that is known. */
export type KeptTransaction = {
  id: string
  balanceTransactionId: string
  attemptId: string | null
  clientId: string | null
  category: string
  amountMinor: bigint
  feeMinor: bigint
  currency: string
  createdAt: Date
}

/**
 * Keeps what Stripe's own book says, in one statement however many rows it is. Read again, a row only learns what it
 * did not know: the payout it went into, the attempt it belongs to.
 */
export async function keepBalanceTransactions(
  tx: Tx,
  account: string,
  news: readonly BalanceTransactionNews[],
  payoutId?: string,
): Promise<KeptTransaction[]> {
  if (news.length === 0) return []
  return tx.rows<KeptTransaction>(sql`
    with told as (
      select * from unnest(
        ${news.map(() => newId())}::uuid[], ${news.map((one) => one.externalId)}::text[], ${news.map((one) => one.intentId ?? null)}::text[],
        ${news.map((one) => one.type)}::text[], ${news.map((one) => one.category)}::text[], ${news.map((one) => one.sourceId ?? null)}::text[],
        ${news.map((one) => one.amountMinor)}::bigint[], ${news.map((one) => one.feeMinor)}::bigint[], ${news.map((one) => one.netMinor)}::bigint[],
        ${news.map((one) => one.currency)}::text[], ${news.map((one) => one.createdAt.toISOString())}::timestamptz[], ${news.map((one) => one.availableOn)}::date[])
      as t (id, external_id, intent_id, type, category, source_id, amount_minor, fee_minor, net_minor, currency, created_at, available_on)),
    kept as (
      insert into balance_transactions (tenant_id, id, account, balance_transaction_id, payout_id, attempt_id, type, category, source_id, intent_id,
        amount_minor, fee_minor, net_minor, currency, created_at, available_on)
      select ${tx.tenantId}, t.id, ${account}, t.external_id, ${payoutId ?? null}, a.id, t.type, t.category, t.source_id, t.intent_id,
        t.amount_minor, t.fee_minor, t.net_minor, t.currency, t.created_at, t.available_on
      from told t left join attempts a on a.tenant_id = ${tx.tenantId} and a.account = ${account} and a.payment_intent_id = t.intent_id
      on conflict (tenant_id, account, balance_transaction_id) do update
        set payout_id = coalesce(balance_transactions.payout_id, excluded.payout_id),
          attempt_id = coalesce(balance_transactions.attempt_id, excluded.attempt_id)
      returning id, balance_transaction_id, attempt_id, category, amount_minor, fee_minor, currency, created_at)
    select k.*, a.client_id from kept k
    left join attempts a on a.tenant_id = ${tx.tenantId} and a.id = k.attempt_id order by k.created_at, k.balance_transaction_id`)
}

/**
 * Rows that were read before their payment was known here find it: its answer had been lost, and the payout was quicker
 * than whoever asked again.
 * @returns those rows, with the payout each is in
 */
export async function adoptBalanceTransactions(
  tx: Tx,
  account: string,
): Promise<(KeptTransaction & { payoutId: string | null })[]> {
  return tx.rows(sql`
    update balance_transactions b set attempt_id = a.id
    from attempts a
    where b.tenant_id = ${tx.tenantId} and b.account = ${account} and b.attempt_id is null and b.intent_id is not null
      and a.tenant_id = ${tx.tenantId} and a.account = ${account} and a.payment_intent_id = b.intent_id
    returning b.id, b.balance_transaction_id, b.attempt_id, b.category, b.amount_minor, b.fee_minor, b.currency, b.created_at,
      b.payout_id, a.client_id`)
}
