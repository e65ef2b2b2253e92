import { z } from 'zod'
import { money } from '@/lib/money/money'
import type { AttemptView } from '@/lib/payments/attempt'
import { Day, Id, Instant, named, toInstant } from './named'
import { listOf } from './paging'
import { toWireMoney, WireMoney } from './wire-money'

export const paymentStatuses = [
  ...['created', 'sent', 'requires_action', 'processing', 'unknown', 'succeeded', 'part_refunded', 'refunded'],
  ...['disputed', 'returned', 'failed', 'canceled'],
] as const

const Allocation = z
  .strictObject({ invoice_id: Id, invoice_number: z.string(), amount: WireMoney })
  .register(named, { id: 'Allocation', description: 'The part of a payment that pays one invoice.' })

const Refund = z
  .strictObject({
    id: Id,
    status: z.enum(['created', 'sent', 'unknown', 'pending', 'succeeded', 'failed']),
    amount: WireMoney,
    surcharge: WireMoney.describe('Part of the amount.'),
    reason: z.string(),
    failure_reason: z.string().nullable(),
    created_at: Instant,
  })
  .register(named, { id: 'Refund', description: 'Money given back.' })

const Dispute = z
  .strictObject({
    id: Id,
    kind: z
      .enum(['return', 'chargeback'])
      .describe('`return`: by the bank, of a debit. `chargeback`: by the cardholder.'),
    status: z.enum(['open', 'won', 'lost']),
    amount: WireMoney,
    fee: WireMoney,
    reason: z.string(),
    evidence_due_at: Instant.nullable(),
    opened_at: Instant,
    closed_at: Instant.nullable(),
  })
  .register(named, { id: 'Dispute', description: 'Money taken back through the bank or the card network.' })

export const Payment = z
  .strictObject({
    object: z.literal('payment'),
    id: Id,
    client_id: Id,
    client_name: z.string(),
    status: z.enum(paymentStatuses).describe('`processing` is on its way, not paid. `unknown`: we are asking Stripe.'),
    amount: WireMoney.describe('What is charged, surcharge included.'),
    surcharge: WireMoney.describe('Part of the amount.'),
    fee: WireMoney.nullable().describe('What Stripe keeps, once it has said so.'),
    refunded: WireMoney,
    method_type: z.string().nullable().describe('`card`, `us_bank_account`, `acss_debit`; once Stripe has said so.'),
    method_label: z.string().nullable().describe('As people read it: `Visa credit, 4242`.'),
    failure_reason: z.string().nullable(),
    clears_on: Day.nullable().describe('By when a bank debit is known to be good.'),
    stripe_payment_intent_id: z.string().nullable(),
    allocations: z.array(Allocation),
    refunds: z.array(Refund),
    disputes: z.array(Dispute),
    created_at: Instant,
    succeeded_at: Instant.nullable(),
    updated_at: Instant,
  })
  .register(named, {
    id: 'Payment',
    description: 'One try to move money, with what it pays and what came back.',
    examples: [
      {
        ...{ object: 'payment', id: '0193a0b0-c0d0-7000-8000-000000000003' },
        ...{ client_id: '0193a0b0-c0d0-7000-8000-000000000002', client_name: 'Harbor & Pine Architects' },
        status: 'succeeded',
        amount: { amount: '504628', currency: 'USD' },
        surcharge: { amount: '13314', currency: 'USD' },
        fee: { amount: '14664', currency: 'USD' },
        refunded: { amount: '0', currency: 'USD' },
        ...{ method_type: 'card', method_label: 'Visa credit, 4242', failure_reason: null, clears_on: null },
        stripe_payment_intent_id: 'pi_3Pabc',
        allocations: [
          {
            ...{ invoice_id: '0193a0b0-c0d0-7000-8000-000000000001', invoice_number: '20418' },
            amount: { amount: '491314', currency: 'USD' },
          },
        ],
        ...{ refunds: [], disputes: [], created_at: '2026-11-20T15:41:58.310Z' },
        ...{ succeeded_at: '2026-11-20T15:42:01.870Z', updated_at: '2026-11-20T15:42:01.870Z' },
      },
    ],
  })
export type Payment = z.infer<typeof Payment>

export const PaymentList = listOf(Payment, { id: 'PaymentList', description: 'A page of payments.' })

/** Rows as the tables have them. */
export type RefundRow = {
  id: string
  attemptId: string
  state: z.infer<typeof Refund>['status']
  amountMinor: bigint
  surchargeMinor: bigint
  currency: string
  reason: string
  failureReason: string | null
  createdAt: Date
}
export type DisputeRow = {
  id: string
  attemptId: string
  kind: z.infer<typeof Dispute>['kind']
  state: z.infer<typeof Dispute>['status']
  amountMinor: bigint
  feeMinor: bigint
  currency: string
  reason: string
  evidenceDueAt: Date | null
  openedAt: Date
  closedAt: Date | null
}

export function toPayment(view: AttemptView, refunds: readonly RefundRow[], disputes: readonly DisputeRow[]): Payment {
  return {
    ...{ object: 'payment', id: view.id, client_id: view.clientId, client_name: view.clientName, status: view.state },
    amount: toWireMoney(view.amount),
    surcharge: toWireMoney(view.surcharge),
    fee: view.fee === undefined ? null : toWireMoney(view.fee),
    refunded: toWireMoney(view.refunded),
    method_type: view.methodType ?? null,
    method_label: view.methodLabel ?? null,
    failure_reason: view.failureReason ?? null,
    clears_on: view.clearsOn ?? null,
    stripe_payment_intent_id: view.paymentIntentId ?? null,
    allocations: view.allocations.map(({ invoiceId, number, amount }) => {
      return { invoice_id: invoiceId, invoice_number: number, amount: toWireMoney(amount) }
    }),
    refunds: refunds.map(toRefund),
    disputes: disputes.map(toDispute),
    created_at: view.createdAt.toISOString(),
    succeeded_at: toInstant(view.succeededAt),
    updated_at: view.stateAt.toISOString(),
  }
}

function toRefund({ id, state, amountMinor, surchargeMinor, currency, ...row }: RefundRow): z.infer<typeof Refund> {
  return {
    ...{ id, status: state },
    amount: toWireMoney(money(amountMinor, currency)),
    surcharge: toWireMoney(money(surchargeMinor, currency)),
    ...{ reason: row.reason, failure_reason: row.failureReason, created_at: row.createdAt.toISOString() },
  }
}

function toDispute({ id, kind, state, amountMinor, feeMinor, currency, ...row }: DisputeRow): z.infer<typeof Dispute> {
  return {
    ...{ id, kind, status: state },
    amount: toWireMoney(money(amountMinor, currency)),
    fee: toWireMoney(money(feeMinor, currency)),
    ...{ reason: row.reason, evidence_due_at: toInstant(row.evidenceDueAt) },
    ...{ opened_at: row.openedAt.toISOString(), closed_at: toInstant(row.closedAt) },
  }
}
