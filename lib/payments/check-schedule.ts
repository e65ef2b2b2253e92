import 'server-only'
import { type Actor, maySeeInvoice } from '@/lib/access/actor'
import { type PlainDate, todayIn } from '@/lib/base/clock'
import type { Tx } from '@/lib/base/db'
import { isId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { getTenant } from '@/lib/tenancy/queries'
import type { ScheduleRefusal } from './schedule-result'
import { datesFor } from './scheduled'
import { waitingCredit } from './waiting-credit'

/** What is to be set for a date, whatever it will be paid with. */
export type DatedOrder = {
  runOn: PlainDate
  /** What the page showed is owed on each: never more is charged. */
  invoices: { invoiceId: string; amountMinor: bigint }[]
  /** What the page showed the client’s credit pays of it: the method is charged the rest at most. */
  creditMinor?: bigint
}

export type CheckedSchedule = { ok: true; clientId: string; currency: string } | { ok: false; because: ScheduleRefusal }

/** Whether it names invoices at all, and each once. */
export function namesInvoices({ invoices }: DatedOrder): boolean {
  const ids = invoices.map(({ invoiceId }) => invoiceId)
  return ids.length > 0 && new Set(ids).size === ids.length && ids.every(isId)
}

/** Whether these invoices can be set for this date, as things stand; they stay locked until the transaction ends. */
export async function checkSchedule(tx: Tx, actor: Actor, order: DatedOrder): Promise<CheckedSchedule> {
  const invoices = await lockInvoices(
    tx,
    order.invoices.map(({ invoiceId }) => invoiceId),
  )
  const refused = refuse(actor, order, invoices)
  const [first] = invoices
  if (refused !== undefined || first === undefined) return { ok: false, because: refused ?? 'not-allowed' }
  const { timeZone, settings } = await getTenant(tx)
  if (!settings.portal.scheduling) return { ok: false, because: 'off' }
  const dates = datesFor(
    invoices.map(({ dueOn }) => dueOn),
    todayIn(timeZone),
  )
  if (!dates.includes(order.runOn)) return { ok: false, because: 'date' }
  const { clientId, currency } = first
  if (!(await isFunded(tx, order, clientId, currency))) return { ok: false, because: 'changed' }
  return { ok: true, clientId, currency }
}

/** Whether the credit that was shown is there, beside what the client's other payments were announced with. */
async function isFunded(
  tx: Tx,
  { invoices, creditMinor = 0n }: DatedOrder,
  clientId: string,
  currency: string,
): Promise<boolean> {
  if (creditMinor === 0n) return true
  const total = invoices.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)
  return creditMinor < total && creditMinor <= (await waitingCredit(tx, clientId, currency)).leftMinor
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

function refuse(actor: Actor, order: DatedOrder, invoices: Locked[]): ScheduleRefusal | undefined {
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
