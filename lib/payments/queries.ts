import 'server-only'
import { type Actor, maySeeClient, onlyInvoices, seesAll } from '@/lib/access/actor'
import { type Tx, withTenant } from '@/lib/base/db'
import { Fault } from '@/lib/base/fault'
import { isId } from '@/lib/base/ids'
import { type Sql, sql } from '@/lib/base/sql'
import { money } from '@/lib/money/money'
import type { AttemptState, AttemptView } from './attempt'
import type { WaitsFor } from './gateway'

/** @throws Fault not-found also when it is another client's or another tenant's */
export async function getAttempt(actor: Actor, id: string): Promise<AttemptView> {
  if (!isId(id)) throw new Fault('not-found', 'No such payment')
  const [attempt] = await withTenant(actor.tenantId, (tx) => readAttempts(tx, sql`and a.id = ${id}`, 1))
  const isTheirs = attempt !== undefined && maySeeClient(actor, attempt.clientId)
  const only = onlyInvoices(actor)
  const isNamed = only === undefined || attempt?.allocations.some(({ invoiceId }) => only.includes(invoiceId))
  if (!isTheirs || !isNamed) throw new Fault('not-found', 'No such payment')
  return attempt
}

/** Every attempt that ever named this invoice, newest first. */
export function attemptsOfInvoice(tx: Tx, invoiceId: string): Promise<AttemptView[]> {
  return readAttempts(
    tx,
    sql`and exists (select 1 from allocations l where l.tenant_id = a.tenant_id and l.attempt_id = a.id and l.invoice_id = ${invoiceId})`,
    50,
  )
}

export type AttemptFilter = { states?: AttemptState[]; clientId?: string; after?: { createdAt: string; id: string } }

/** Fifty payments, newest first, from a key on; `next` is the key of the page after. */
export async function listAttempts(
  actor: Actor,
  filter: AttemptFilter,
): Promise<{ items: AttemptView[]; next?: { createdAt: string; id: string } }> {
  const clientId = seesAll(actor) ? filter.clientId : actor.clientId
  const only = onlyInvoices(actor)
  const where = sql`
    ${only === undefined ? sql`` : sql`and exists (select 1 from allocations l where l.tenant_id = a.tenant_id and l.attempt_id = a.id and l.invoice_id = any(${only}::uuid[]))`}
    ${clientId === undefined ? sql`` : sql`and a.client_id = ${clientId}`}
    ${filter.states === undefined ? sql`` : sql`and a.state = any(${filter.states}::text[])`}
    ${filter.after === undefined ? sql`` : sql`and (a.created_at, a.id) < (${filter.after.createdAt}::timestamptz, ${filter.after.id}::uuid)`}`
  const rows = await withTenant(actor.tenantId, (tx) => readAttempts(tx, where, 51))
  const items = rows.slice(0, 50)
  const last = items.at(-1)
  return rows.length > 50 && last !== undefined
    ? { items, next: { createdAt: last.createdAt.toISOString(), id: last.id } }
    : { items }
}

type Row = {
  id: string
  clientId: string
  clientName: string
  state: AttemptState
  amountMinor: bigint
  surchargeMinor: bigint
  refundedMinor: bigint
  feeMinor: bigint | null
  currency: string
  methodType: string | null
  methodLabel: string | null
  waitsFor: WaitsFor | null
  failureReason: string | null
  clearsOn: string | null
  createdAt: Date
  stateAt: Date
  succeededAt: Date | null
  origin: string
  receiptEmail: string | null
  paymentIntentId: string | null
  allocations: { invoiceId: string; number: string; minor: string; credit: string; reason: string | null }[]
}

/** Payments that fit, newest first, inside a transaction of ours; who may see them has been settled already. */
export async function readAttempts(tx: Tx, where: Sql, limit: number): Promise<AttemptView[]> {
  const rows = await tx.rows<Row>(sql`
    select a.id, a.client_id, c.name as client_name, a.state, a.amount_minor, a.surcharge_minor, a.refunded_minor, a.fee_minor, a.currency,
      a.method_type, a.method_label, a.waits_for, a.failure_reason, a.clears_on, a.created_at, a.state_at, a.succeeded_at, a.origin, a.receipt_email, a.payment_intent_id,
      (select json_agg(json_build_object('invoiceId', l.invoice_id, 'number', i.number, 'minor', l.amount_minor::text, 'credit', l.credit_minor::text, 'reason', l.short_reason) order by i.number)
        from allocations l join invoices i on i.tenant_id = l.tenant_id and i.id = l.invoice_id
        where l.tenant_id = a.tenant_id and l.attempt_id = a.id) as allocations
    from attempts a join clients c on c.tenant_id = a.tenant_id and c.id = a.client_id
    where a.tenant_id = ${tx.tenantId} ${where}
    order by a.created_at desc, a.id desc limit ${limit}`)
  return rows.map(toView)
}

function toView(row: Row): AttemptView {
  const amount = (minor: bigint) => money(minor, row.currency)
  const total = (of: (one: Row['allocations'][number]) => string) =>
    row.allocations.reduce((sum, one) => sum + BigInt(of(one)), 0n)
  const given = <Key extends string, Value>(key: Key, value: Value | null) =>
    (value === null ? {} : { [key]: value }) as { [K in Key]?: Value }
  return {
    id: row.id,
    clientId: row.clientId,
    clientName: row.clientName,
    state: row.state,
    amount: amount(row.amountMinor),
    surcharge: amount(row.surchargeMinor),
    refunded: amount(row.refundedMinor),
    createdAt: row.createdAt,
    stateAt: row.stateAt,
    origin: row.origin,
    allocations: row.allocations.map(({ invoiceId, number, minor, credit, reason }) => ({
      ...{ invoiceId, number, amount: amount(BigInt(minor) + BigInt(credit)) },
      ...given('shortReason', reason),
    })),
    credit: amount(total(({ credit }) => credit)),
    kept: amount(row.amountMinor - row.surchargeMinor - total(({ minor }) => minor)),
    ...(row.feeMinor === null ? {} : { fee: amount(row.feeMinor) }),
    ...given('methodType', row.methodType),
    ...given('methodLabel', row.methodLabel),
    ...given('waitsFor', row.waitsFor),
    ...given('failureReason', row.failureReason),
    ...given('clearsOn', row.clearsOn),
    ...given('succeededAt', row.succeededAt),
    ...given('receiptEmail', row.receiptEmail),
    ...given('paymentIntentId', row.paymentIntentId),
  }
}

/** One payment inside a transaction of ours; who may see it has been settled already. */
export async function readAttempt(tx: Tx, id: string): Promise<AttemptView | undefined> {
  return (await readAttempts(tx, sql`and a.id = ${id}`, 1))[0]
}
