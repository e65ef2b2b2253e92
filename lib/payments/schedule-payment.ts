import 'server-only'
import { type Actor, actorName, mayPay, maySeeInvoice } from '@/lib/access/actor'
import { now, type PlainDate, todayIn } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { faultPoint } from '@/lib/base/fault-point'
import { isId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { announce } from '@/lib/events/announce'
import { audit } from '@/lib/tenancy/audit'
import { getTenant } from '@/lib/tenancy/queries'
import { canCharge } from './method'
import { methodToCharge } from './method-to-charge'
import { openGateway } from './open-gateway'
import { type ScheduleRefusal, type ScheduleResult, scheduleRefusal } from './schedule-result'
import { datesFor } from './scheduled'

export type ScheduleOrder = {
  /** A UUID made when the page was rendered: the same press twice sets one payment. */
  scheduleId: string
  methodId: string
  runOn: PlainDate
  /** What the page showed is owed on each: never more is charged. */
  invoices: { invoiceId: string; amountMinor: bigint }[]
  receiptEmail?: string
}

/**
 * Sets a payment for a date: writes down what is agreed to, and nothing is charged today. The invoices are locked in the
 * order in which payments lock them, so that of a payment and a date set in the same instant one gives way.
 */
export async function schedulePayment(actor: Actor, order: ScheduleOrder, locale: string): Promise<ScheduleResult> {
  if (actor.kind !== 'contact' || !mayPay(actor)) return scheduleRefusal('not-allowed', locale)
  const ids = order.invoices.map(({ invoiceId }) => invoiceId)
  if (!isId(order.scheduleId) || ids.length === 0 || new Set(ids).size !== ids.length || !ids.every(isId))
    return scheduleRefusal('form', locale)
  const outcome = await withTenant(actor.tenantId, (tx) => write(tx, actor, order, locale))
  return outcome === 'ok'
    ? { ok: true, scheduleId: order.scheduleId, runOn: order.runOn }
    : scheduleRefusal(outcome, locale)
}

type Locked = {
  id: string
  clientId: string
  currency: string
  kind: string
  state: string
  balanceMinor: bigint
  dueOn: PlainDate
  isHeld: boolean
  isScheduled: boolean
}

async function write(
  tx: Tx,
  actor: Extract<Actor, { kind: 'contact' }>,
  order: ScheduleOrder,
  locale: string,
): Promise<'ok' | ScheduleRefusal> {
  const known = await tx.row<{ clientId: string; runOn: PlainDate }>(
    sql`select client_id, run_on from scheduled_payments where tenant_id = ${tx.tenantId} and id = ${order.scheduleId}`,
  )
  if (known !== undefined) return known.clientId === actor.clientId && known.runOn === order.runOn ? 'ok' : 'form'
  const invoices = await lockInvoices(
    tx,
    order.invoices.map(({ invoiceId }) => invoiceId),
  )
  const refused = refuse(actor, order, invoices)
  const [first] = invoices
  if (refused !== undefined || first === undefined) return refused ?? 'not-allowed'
  const { timeZone, settings } = await getTenant(tx)
  if (!settings.portal.scheduling) return 'off'
  const dates = datesFor(
    invoices.map(({ dueOn }) => dueOn),
    todayIn(timeZone),
  )
  if (!dates.includes(order.runOn)) return 'date'
  const { account } = await openGateway(tx)
  const method = await methodToCharge(tx, actor, order.methodId, first.clientId, account)
  if (method === undefined || !canCharge(await expiryOf(tx, order.methodId), order.runOn)) return 'method-gone'

  const at = now()
  const total = order.invoices.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)
  await tx.run(sql`
    insert into scheduled_payments (tenant_id, id, client_id, method_id, state, run_on, amount_minor, currency, receipt_email, locale, created_by, created_by_id, created_at, state_at)
    values (${tx.tenantId}, ${order.scheduleId}, ${first.clientId}, ${method.id}, 'scheduled', ${order.runOn}, ${total}, ${first.currency},
      ${order.receiptEmail ?? null}, ${locale}, ${actor.kind}, ${actor.contactId}, ${at}, ${at})`)
  await tx.run(sql`
    insert into scheduled_parts (tenant_id, schedule_id, invoice_id, amount_minor, is_open)
    select ${tx.tenantId}, ${order.scheduleId}, p.id, p.minor, true
    from unnest(${order.invoices.map(({ invoiceId }) => invoiceId)}::uuid[], ${order.invoices.map(({ amountMinor }) => amountMinor)}::bigint[]) as p(id, minor)`)
  const subject = { kind: 'scheduled_payment', id: order.scheduleId } as const
  await audit(tx, actorName(actor), 'schedule.set', subject, { runOn: order.runOn, amountMinor: total })
  await announce(
    tx,
    { kind: 'schedule.set', scheduleId: order.scheduleId, runOn: order.runOn },
    `${order.scheduleId}:${order.runOn}`,
  )
  await faultPoint('schedule.set')
  return 'ok'
}

/** In the order of their ids, as every payment does; and looked at only then, so that what came first is seen. */
async function lockInvoices(tx: Tx, ids: string[]): Promise<Locked[]> {
  await tx.rows(sql`
    select id from invoices where tenant_id = ${tx.tenantId} and id = any(${ids}::uuid[]) order by id for update`)
  return tx.rows<Locked>(sql`
    select i.id, i.client_id, i.currency, i.kind, i.state, i.balance_minor, i.due_on,
      exists (select 1 from allocations l where l.tenant_id = i.tenant_id and l.invoice_id = i.id and l.in_flight) as is_held,
      exists (select 1 from scheduled_parts p where p.tenant_id = i.tenant_id and p.invoice_id = i.id and p.is_open) as is_scheduled
    from invoices i where i.tenant_id = ${tx.tenantId} and i.id = any(${ids}::uuid[]) order by i.id`)
}

function refuse(actor: Actor, order: ScheduleOrder, invoices: Locked[]): ScheduleRefusal | undefined {
  const [first] = invoices
  if (first === undefined || invoices.length !== order.invoices.length) return 'not-allowed'
  const isMixed = (one: Locked) => one.clientId !== first.clientId || one.currency !== first.currency
  if (invoices.some((one) => !maySeeInvoice(actor, one) || isMixed(one))) return 'not-allowed'
  if (invoices.some(({ isHeld }) => isHeld)) return 'on-its-way'
  if (invoices.some(({ isScheduled }) => isScheduled)) return 'scheduled'
  if (invoices.some(({ state }) => state === 'void')) return 'void'
  if (invoices.some(({ kind, balanceMinor }) => kind !== 'invoice' || balanceMinor <= 0n)) return 'already-paid'
  const owed = new Map(invoices.map(({ id, balanceMinor }) => [id, balanceMinor]))
  const isWrong = ({ invoiceId, amountMinor }: { invoiceId: string; amountMinor: bigint }) =>
    amountMinor <= 0n || amountMinor > (owed.get(invoiceId) ?? 0n)
  return order.invoices.some(isWrong) ? 'changed' : undefined
}

async function expiryOf(tx: Tx, methodId: string): Promise<{ expiresOn?: PlainDate }> {
  const row = await tx.row<{ expiresOn: PlainDate | null }>(
    sql`select expires_on from methods where tenant_id = ${tx.tenantId} and id = ${methodId}`,
  )
  return row?.expiresOn ? { expiresOn: row.expiresOn } : {}
}
