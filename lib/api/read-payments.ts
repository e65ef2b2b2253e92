import 'server-only'
import type { z } from 'zod'
import type { Tx } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import type { AttemptView } from '@/lib/payments/attempt'
import { readAttempts } from '@/lib/payments/queries'
import { after, pageOf } from './paging'
import {
  type DisputeRow,
  type Payment,
  type PaymentList,
  type paymentStatuses,
  type RefundRow,
  toPayment,
} from './payment'

export type PaymentsWanted = {
  status?: (typeof paymentStatuses)[number] | undefined
  client?: string | undefined
  invoice?: string | undefined
  updated_since?: string | undefined
  limit: number
  starting_after?: string | undefined
}

/** A page of payments, newest first. */
export async function readPayments(tx: Tx, wanted: PaymentsWanted): Promise<z.infer<typeof PaymentList>> {
  const { status, client, invoice, updated_since: since, limit } = wanted
  const where = sql`
    ${status === undefined ? sql`` : sql`and a.state = ${status}`}
    ${client === undefined ? sql`` : sql`and a.client_id = ${client}`}
    ${invoice === undefined ? sql`` : sql`and exists (select 1 from allocations o where o.tenant_id = a.tenant_id and o.attempt_id = a.id and o.invoice_id = ${invoice})`}
    ${since === undefined ? sql`` : sql`and a.state_at >= ${since}`}
    ${await after(tx, 'payment', { table: sql`attempts`, alias: sql`a`, at: sql`created_at` }, wanted.starting_after)}`
  const { rows, has_more } = pageOf(await readAttempts(tx, where, limit + 1), limit)
  return { object: 'list', data: await complete(tx, rows), has_more }
}

export async function readPayment(tx: Tx, id: string): Promise<Payment | undefined> {
  const [payment] = await complete(tx, await readAttempts(tx, sql`and a.id = ${id}`, 1))
  return payment
}

/** With what was given back and taken back, for all of them in two statements. */
async function complete(tx: Tx, views: readonly AttemptView[]): Promise<Payment[]> {
  const ids = views.map(({ id }) => id)
  const refunds = await tx.rows<RefundRow>(sql`
    select id, attempt_id, state, amount_minor, surcharge_minor, currency, reason, failure_reason, created_at from refunds
    where tenant_id = ${tx.tenantId} and attempt_id = any(${ids}::uuid[]) order by created_at, id`)
  const disputes = await tx.rows<DisputeRow>(sql`
    select id, attempt_id, kind, state, amount_minor, fee_minor, currency, reason, evidence_due_at, opened_at, closed_at from disputes
    where tenant_id = ${tx.tenantId} and attempt_id = any(${ids}::uuid[]) order by opened_at, id`)
  return views.map((view) => {
    const of = ({ attemptId }: { attemptId: string }) => attemptId === view.id
    return toPayment(view, refunds.filter(of), disputes.filter(of))
  })
}
