import 'server-only'
import type { Actor } from '@/lib/access/actor'
import type { PlainDate } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { type Money, money } from '@/lib/money/money'
import type { AttemptState } from '@/lib/payments/attempt'

/** Everything else there is about one payment: how it got to its state, what Stripe booked, where it was told. */
export type PaymentRecord = {
  moves: { from?: AttemptState; to: AttemptState; at: Date }[]
  refunds: {
    id: string
    state: string
    amount: Money
    surcharge: Money
    reason: string
    createdAt: Date
    failureReason?: string
  }[]
  disputes: {
    id: string
    kind: 'return' | 'chargeback'
    state: string
    amount: Money
    reason: string
    openedAt: Date
    evidenceDueAt?: Date
  }[]
  transactions: {
    id: string
    category: string
    amount: Money
    fee: Money
    net: Money
    availableOn: PlainDate
    payout?: { id: string; payoutId: string; arrivesOn: PlainDate; state: string }
  }[]
  writeBacks: {
    id: string
    number: string
    state: WriteBackState
    amount: Money
    externalId?: string
    error?: string
  }[]
  postings: {
    id: string
    kind: string
    state: PostingState
    amount: Money
    externalKind?: string
    externalId?: string
    error?: string
  }[]
}

export type WriteBackState = 'waiting' | 'in_step' | 'retrying' | 'checking' | 'needs_you'
export type PostingState = 'waiting' | 'posted' | 'retrying' | 'checking' | 'refused' | 'reversed'

/** For a payment the actor was already shown; six short reads in one transaction. */
export async function getPaymentRecord(actor: Actor, attemptId: string, currency: string): Promise<PaymentRecord> {
  const inCurrency = (minor: bigint) => money(minor, currency)
  const given = <Key extends string, Value>(key: Key, value: Value | null) =>
    (value === null ? {} : { [key]: value }) as { [K in Key]?: Value }
  return withTenant(actor.tenantId, async (tx) => {
    const moves = await tx.rows<{ fromState: AttemptState | null; toState: AttemptState; at: Date }>(sql`
      select from_state, to_state, at from attempt_transitions
      where tenant_id = ${tx.tenantId} and attempt_id = ${attemptId} order by at, id`)
    const refunds = await tx.rows<{
      id: string
      state: string
      amountMinor: bigint
      surchargeMinor: bigint
      reason: string
      createdAt: Date
      failureReason: string | null
    }>(sql`
      select id, state, amount_minor, surcharge_minor, reason, created_at, failure_reason from refunds
      where tenant_id = ${tx.tenantId} and attempt_id = ${attemptId} order by created_at`)
    const disputes = await tx.rows<{
      id: string
      kind: 'return' | 'chargeback'
      state: string
      amountMinor: bigint
      reason: string
      openedAt: Date
      evidenceDueAt: Date | null
    }>(sql`
      select id, kind, state, amount_minor, reason, opened_at, evidence_due_at from disputes
      where tenant_id = ${tx.tenantId} and attempt_id = ${attemptId} order by opened_at`)
    const transactions = await tx.rows<{
      id: string
      category: string
      amountMinor: bigint
      feeMinor: bigint
      netMinor: bigint
      availableOn: PlainDate
      payoutRow: string | null
      payoutId: string | null
      arrivesOn: PlainDate | null
      payoutState: string | null
    }>(sql`
      select b.balance_transaction_id as id, b.category, b.amount_minor, b.fee_minor, b.net_minor, b.available_on,
        p.id as payout_row, p.payout_id, p.arrives_on, p.state as payout_state
      from balance_transactions b left join payouts p on p.tenant_id = b.tenant_id and p.id = b.payout_id
      where b.tenant_id = ${tx.tenantId} and b.attempt_id = ${attemptId} order by b.created_at, b.id`)
    const writeBacks = await tx.rows<{
      id: string
      number: string
      state: WriteBackState
      amountMinor: bigint
      externalId: string | null
      error: string | null
    }>(sql`
      select w.id, i.number, w.state, w.amount_minor, w.external_id, w.error
      from write_backs w join invoices i on i.tenant_id = w.tenant_id and i.id = w.invoice_id
      where w.tenant_id = ${tx.tenantId} and w.attempt_id = ${attemptId} order by i.number`)
    const postings = await tx.rows<{
      id: string
      kind: string
      state: PostingState
      amountMinor: bigint
      externalKind: string | null
      externalId: string | null
      error: string | null
    }>(sql`
      select id, kind, state, amount_minor, external_kind, external_id, error from postings
      where tenant_id = ${tx.tenantId} and cause_id = any(${[attemptId, ...refunds.map(({ id }) => id), ...disputes.map(({ id }) => id)]}::text[])
      order by created_at`)
    return {
      moves: moves.map(({ fromState, toState, at }) => ({ to: toState, at, ...given('from', fromState) })),
      refunds: refunds.map(({ amountMinor, surchargeMinor, failureReason, ...row }) => ({
        ...row,
        amount: inCurrency(amountMinor),
        surcharge: inCurrency(surchargeMinor),
        ...given('failureReason', failureReason),
      })),
      disputes: disputes.map(({ amountMinor, evidenceDueAt, ...row }) => ({
        ...row,
        amount: inCurrency(amountMinor),
        ...given('evidenceDueAt', evidenceDueAt),
      })),
      transactions: transactions.map(
        ({ amountMinor, feeMinor, netMinor, payoutRow, payoutId, arrivesOn, payoutState, ...row }) => ({
          ...row,
          amount: inCurrency(amountMinor),
          fee: inCurrency(feeMinor),
          net: inCurrency(netMinor),
          ...(payoutRow === null || payoutId === null || arrivesOn === null || payoutState === null
            ? {}
            : { payout: { id: payoutRow, payoutId, arrivesOn, state: payoutState } }),
        }),
      ),
      writeBacks: writeBacks.map(({ amountMinor, externalId, error, ...row }) => ({
        ...row,
        amount: inCurrency(amountMinor),
        ...given('externalId', externalId),
        ...given('error', error),
      })),
      postings: postings.map(({ amountMinor, externalKind, externalId, error, ...row }) => ({
        ...row,
        amount: inCurrency(amountMinor),
        ...given('externalKind', externalKind),
        ...given('externalId', externalId),
        ...given('error', error),
      })),
    }
  })
}
