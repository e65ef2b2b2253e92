import 'server-only'
import { now, todayIn } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { faultPoint } from '@/lib/base/fault-point'
import { newId } from '@/lib/base/ids'
import { log } from '@/lib/base/log'
import { sql } from '@/lib/base/sql'
import { announce } from '@/lib/events/announce'
import { getTenant } from '@/lib/tenancy/queries'
import { endScheduled } from './change-scheduled'
import { chargeAttempt } from './charge-attempt'
import { chargeSource } from './charge-source'
import { decideDue } from './decide-due'
import type { ChargeOrder } from './gateway'
import { openAttempt } from './open-attempt'
import { openGateway } from './open-gateway'
import { creditGone } from './scheduled'

const minute = 60_000
/** Stripe is asked again this often on the same day before it is given up. */
const triesMax = 8

/**
 * Runs every payment whose date has come, each once: a missed day is caught up with one attempt. Safe to run at any time
 * and twice at once.
 */
export async function runScheduled(tenantId: string): Promise<void> {
  const due = await withTenant(tenantId, async (tx) => {
    const today = todayIn((await getTenant(tx)).timeZone)
    return tx.rows<{ id: string; state: string }>(sql`
      select s.id, s.state from scheduled_payments s
      left join attempts a on a.tenant_id = s.tenant_id and a.id = s.attempt_id
      where s.tenant_id = ${tx.tenantId} and (
        (s.state = 'scheduled' and s.run_on <= ${today} and (s.not_before is null or s.not_before <= ${now()}))
        or (s.state = 'started' and s.ended_reason is null and a.state = 'failed' and a.failure_code in ('never_arrived', 'refused')))
      order by s.run_on, s.id limit 500`)
  })
  for (const { id, state } of due) {
    try {
      if (state === 'scheduled') await runOne(tenantId, id)
      await withTenant(tenantId, (tx) => settleStarted(tx, id))
    } catch (error) {
      // One that cannot be run keeps no other waiting; it is due again at the next tick.
      log.error({ tenantId, scheduleId: id, error }, 'schedule.failed_to_run')
    }
  }
}

async function runOne(tenantId: string, scheduleId: string): Promise<void> {
  const gateway = await withTenant(tenantId, openGateway)
  const order = await withTenant(tenantId, (tx) => start(tx, scheduleId, gateway.account))
  await faultPoint('schedule.started')
  if (order !== undefined) await chargeAttempt(gateway, order)
}

/**
 * Decides with everything locked, and writes the attempt: from here on it is like any other, and the sweeper ends it
 * whatever dies. Whoever comes second finds the row no longer waiting.
 */
async function start(tx: Tx, scheduleId: string, account: string): Promise<ChargeOrder | undefined> {
  const decided = await decideDue(tx, scheduleId)
  if (decided === undefined) return undefined
  const { due, decision } = decided
  if (decision.do === 'announce-again') {
    // An automatic payment is announced anew; what somebody set is theirs to set again.
    if (due.origin === 'autopay') await endScheduled(tx, scheduleId, 'canceled', creditGone)
    else {
      await endScheduled(tx, scheduleId, 'failed', creditGone)
      await announce(tx, { kind: 'schedule.ended', scheduleId }, scheduleId)
    }
    return undefined
  }
  if (decision.do === 'not-needed') {
    await endScheduled(tx, scheduleId, 'not_needed', decision.because)
    await announce(tx, { kind: 'schedule.ended', scheduleId }, scheduleId)
    return undefined
  }
  // Where nothing is charged there is no attempt: the order goes by the id of what was set.
  const attemptId = decision.chargeMinor > 0n ? newId() : scheduleId
  await tx.run(sql`
    update scheduled_parts set is_open = false where tenant_id = ${tx.tenantId} and schedule_id = ${scheduleId} and is_open`)
  const { methodId, origin, locale, receiptEmail } = due
  const opened = await openAttempt(
    tx,
    { kind: 'system', tenantId: tx.tenantId, reason: `schedule:${scheduleId}` },
    {
      ...{ orderKey: attemptId, invoices: decision.parts, creditMinor: decision.creditMinor },
      ...(decision.chargeMinor > 0n ? { methodId } : {}),
      ...(receiptEmail === null ? {} : { receiptEmail }),
    },
    { origin, locale, ip: '', userAgent: '' },
    account,
  )
  if (opened.do === 'covered') {
    await endScheduled(tx, scheduleId, 'not_needed', 'credit')
    await announce(tx, { kind: 'schedule.ended', scheduleId }, scheduleId)
    return undefined
  }
  if (opened.do !== 'charge' || opened.method === undefined) {
    const reason = opened.do === 'refuse' ? opened.because : 'form'
    await endScheduled(tx, scheduleId, 'failed', reason)
    await announce(tx, { kind: 'schedule.ended', scheduleId }, scheduleId)
    return undefined
  }
  await tx.run(sql`
    update scheduled_payments set state = 'started', attempt_id = ${attemptId}, tries = tries + 1, state_at = ${now()}
    where tenant_id = ${tx.tenantId} and id = ${scheduleId}`)
  await faultPoint('schedule.opened')
  const { method } = opened
  return {
    ...{ attemptId, tenantId: tx.tenantId, amount: opened.amount, description: opened.description },
    ...(receiptEmail === null ? {} : { receiptEmail }),
    ...chargeSource({
      ...{ confirmationTokenId: null, saves: false, origin, methodType: method.type, customerId: method.customerId },
      ...{ paymentMethodId: method.paymentMethodId, stripeMandateId: method.mandateId },
    }),
  }
}

/**
 * An attempt that certainly never reached Stripe is made again a little later, by a new one; what Stripe refused, or
 * could not be reached for all day, is told. Anything else is the attempt's own to say.
 */
async function settleStarted(tx: Tx, scheduleId: string): Promise<void> {
  const one = await tx.row<{ failureCode: string | null; tries: number }>(sql`
    select a.failure_code, s.tries
    from scheduled_payments s join attempts a on a.tenant_id = s.tenant_id and a.id = s.attempt_id
    where s.tenant_id = ${tx.tenantId} and s.id = ${scheduleId} and s.state = 'started' and s.ended_reason is null
      and a.state = 'failed' and a.failure_code in ('never_arrived', 'refused') for update of s`)
  if (one === undefined) return
  if (one.failureCode === 'never_arrived' && one.tries < triesMax) {
    await tx.run(sql`
      update scheduled_payments set state = 'scheduled', attempt_id = null, not_before = ${new Date(now().getTime() + 15 * minute)}, state_at = ${now()}
      where tenant_id = ${tx.tenantId} and id = ${scheduleId}`)
    return
  }
  await tx.run(sql`
    update scheduled_payments set ended_reason = 'unreachable' where tenant_id = ${tx.tenantId} and id = ${scheduleId}`)
  await announce(tx, { kind: 'schedule.ended', scheduleId }, scheduleId)
}
