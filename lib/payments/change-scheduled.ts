import 'server-only'
import { type Actor, actorName, mayPay } from '@/lib/access/actor'
import { now, type PlainDate, todayIn } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { Fault } from '@/lib/base/fault'
import { isId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { announce } from '@/lib/events/announce'
import { audit } from '@/lib/tenancy/audit'
import { getTenant } from '@/lib/tenancy/queries'
import { canCharge } from './method'
import { type ScheduleResult, scheduleRefusal } from './schedule-result'
import { datesFor } from './scheduled'

/** Sets it for another date, until it has run. @throws Fault not-found, also for what is not the actor's to change */
export async function moveScheduled(
  actor: Actor,
  scheduleId: string,
  runOn: PlainDate,
  locale: string,
): Promise<ScheduleResult> {
  return withWaiting(actor, scheduleId, locale, async (tx, { dueOn, expiresOn }) => {
    const { timeZone } = await getTenant(tx)
    if (!datesFor(dueOn, todayIn(timeZone)).includes(runOn)) return scheduleRefusal('date', locale)
    if (!canCharge(expiresOn === null ? {} : { expiresOn }, runOn)) return scheduleRefusal('method-gone', locale)
    await tx.run(sql`
      update scheduled_payments set run_on = ${runOn} where tenant_id = ${tx.tenantId} and id = ${scheduleId}`)
    await audit(tx, actorName(actor), 'schedule.moved', { kind: 'scheduled_payment', id: scheduleId }, { runOn })
    await announce(tx, { kind: 'schedule.set', scheduleId, runOn }, `${scheduleId}:${runOn}:${now().getTime()}`)
    return { ok: true, scheduleId, runOn }
  })
}

/** Nothing is charged, and the invoices are free to pay. @throws Fault not-found */
export async function cancelScheduled(actor: Actor, scheduleId: string, locale: string): Promise<ScheduleResult> {
  return withWaiting(actor, scheduleId, locale, async (tx, { runOn }) => {
    await endScheduled(tx, scheduleId, 'canceled', 'by_client')
    await audit(tx, actorName(actor), 'schedule.canceled', { kind: 'scheduled_payment', id: scheduleId })
    return { ok: true, scheduleId, runOn }
  })
}

/** Ends one that has not run; its invoices are free again (a trigger closes its parts). */
export async function endScheduled(
  tx: Tx,
  scheduleId: string,
  state: 'canceled' | 'not_needed' | 'failed',
  reason: string,
): Promise<void> {
  await tx.run(sql`
    update scheduled_payments set state = ${state}, ended_reason = ${reason}, state_at = ${now()}
    where tenant_id = ${tx.tenantId} and id = ${scheduleId} and state = 'scheduled'`)
}

/**
 * Somebody pays now what was set for a date: those invoices leave the payments they were set in, and one that is left
 * with none is canceled. The invoices are locked already.
 */
export async function replaceScheduled(tx: Tx, invoiceIds: string[]): Promise<void> {
  const schedules = await tx.rows<{ scheduleId: string }>(sql`
    update scheduled_parts set is_open = false
    where tenant_id = ${tx.tenantId} and invoice_id = any(${invoiceIds}::uuid[]) and is_open
    returning schedule_id`)
  for (const { scheduleId } of schedules) {
    const left = await tx.row(sql`
      select 1 from scheduled_parts where tenant_id = ${tx.tenantId} and schedule_id = ${scheduleId} and is_open limit 1`)
    if (left === undefined) await endScheduled(tx, scheduleId, 'canceled', 'replaced')
  }
}

type Waiting = { clientId: string; state: string; runOn: PlainDate; expiresOn: PlainDate | null; dueOn: PlainDate[] }

async function withWaiting(
  actor: Actor,
  scheduleId: string,
  locale: string,
  work: (tx: Tx, waiting: Waiting) => Promise<ScheduleResult>,
): Promise<ScheduleResult> {
  return withTenant(actor.tenantId, async (tx) => {
    const row = isId(scheduleId)
      ? await tx.row<Waiting>(sql`
          select s.client_id, s.state, s.run_on, m.expires_on,
            array(select i.due_on::text from scheduled_parts p join invoices i on i.tenant_id = p.tenant_id and i.id = p.invoice_id
              where p.tenant_id = s.tenant_id and p.schedule_id = s.id and p.is_open) as due_on
          from scheduled_payments s join methods m on m.tenant_id = s.tenant_id and m.id = s.method_id
          where s.tenant_id = ${tx.tenantId} and s.id = ${scheduleId} for update of s`)
      : undefined
    if (row === undefined || actor.kind !== 'contact' || actor.clientId !== row.clientId || !mayPay(actor))
      throw new Fault('not-found', 'No such scheduled payment')
    return row.state === 'scheduled' ? work(tx, row) : scheduleRefusal('gone', locale)
  })
}
