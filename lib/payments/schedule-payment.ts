import 'server-only'
import { type Actor, actorName, mayPay } from '@/lib/access/actor'
import { now, type PlainDate } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { faultPoint } from '@/lib/base/fault-point'
import { isId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { announce } from '@/lib/events/announce'
import { audit } from '@/lib/tenancy/audit'
import { checkSchedule, type DatedOrder, namesInvoices } from './check-schedule'
import { canCharge } from './method'
import { methodToCharge } from './method-to-charge'
import { openGateway } from './open-gateway'
import { type ScheduleRefusal, type ScheduleResult, scheduleRefusal } from './schedule-result'

export type ScheduleOrder = DatedOrder & {
  /** A UUID made when the page was rendered: the same press twice sets one payment. */
  scheduleId: string
  methodId: string
  receiptEmail?: string
}

/**
 * Sets a payment for a date: writes down what is agreed to, and nothing is charged today. The invoices are locked in the
 * order in which payments lock them, so that of a payment and a date set in the same instant one gives way.
 */
export async function schedulePayment(actor: Actor, order: ScheduleOrder, locale: string): Promise<ScheduleResult> {
  if (actor.kind !== 'contact' || !mayPay(actor)) return scheduleRefusal('not-allowed', locale)
  if (!isId(order.scheduleId) || !namesInvoices(order)) return scheduleRefusal('form', locale)
  const outcome = await withTenant(actor.tenantId, (tx) => setPayment(tx, actor, order, locale))
  return outcome === 'ok'
    ? { ok: true, scheduleId: order.scheduleId, runOn: order.runOn }
    : scheduleRefusal(outcome, locale)
}

/** Sets it inside a transaction of ours, once, with everything locked. */
export async function setPayment(
  tx: Tx,
  actor: Extract<Actor, { kind: 'contact' }>,
  order: ScheduleOrder,
  locale: string,
): Promise<'ok' | ScheduleRefusal> {
  const known = await tx.row<{ clientId: string; runOn: PlainDate }>(
    sql`select client_id, run_on from scheduled_payments where tenant_id = ${tx.tenantId} and id = ${order.scheduleId}`,
  )
  if (known !== undefined) return known.clientId === actor.clientId && known.runOn === order.runOn ? 'ok' : 'form'
  const checked = await checkSchedule(tx, actor, order)
  if (!checked.ok) return checked.because
  const { account } = await openGateway(tx)
  const method = await methodToCharge(tx, actor, order.methodId, checked.clientId, account)
  if (method === undefined || !canCharge(await expiryOf(tx, order.methodId), order.runOn)) return 'method-gone'

  const at = now()
  const creditMinor = order.creditMinor ?? 0n
  const chargeMinor = order.invoices.reduce((sum, { amountMinor }) => sum + amountMinor, 0n) - creditMinor
  await tx.run(sql`
    insert into scheduled_payments (tenant_id, id, client_id, method_id, state, run_on, amount_minor, credit_minor, currency, receipt_email, locale, created_by, created_by_id, created_at, state_at)
    values (${tx.tenantId}, ${order.scheduleId}, ${checked.clientId}, ${method.id}, 'scheduled', ${order.runOn}, ${chargeMinor}, ${creditMinor}, ${checked.currency},
      ${order.receiptEmail ?? null}, ${locale}, ${actor.kind}, ${actor.contactId}, ${at}, ${at})`)
  await tx.run(sql`
    insert into scheduled_parts (tenant_id, schedule_id, invoice_id, amount_minor, is_open)
    select ${tx.tenantId}, ${order.scheduleId}, p.id, p.minor, true
    from unnest(${order.invoices.map(({ invoiceId }) => invoiceId)}::uuid[], ${order.invoices.map(({ amountMinor }) => amountMinor)}::bigint[]) as p(id, minor)`)
  const subject = { kind: 'scheduled_payment', id: order.scheduleId } as const
  await audit(tx, actorName(actor), 'schedule.set', subject, { runOn: order.runOn, amountMinor: chargeMinor })
  await announce(
    tx,
    { kind: 'schedule.set', scheduleId: order.scheduleId, runOn: order.runOn },
    `${order.scheduleId}:${order.runOn}`,
  )
  await faultPoint('schedule.set')
  return 'ok'
}

async function expiryOf(tx: Tx, methodId: string): Promise<{ expiresOn?: PlainDate }> {
  const row = await tx.row<{ expiresOn: PlainDate | null }>(
    sql`select expires_on from methods where tenant_id = ${tx.tenantId} and id = ${methodId}`,
  )
  return row?.expiresOn ? { expiresOn: row.expiresOn } : {}
}
