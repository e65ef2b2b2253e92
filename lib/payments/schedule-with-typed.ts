import 'server-only'
import { type Actor, mayPay } from '@/lib/access/actor'
import { withTenant } from '@/lib/base/db'
import { isId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { checkSchedule, namesInvoices } from './check-schedule'
import { refreshSetup } from './refresh-setup'
import type { Where } from './result'
import { type SaveWish, saveMethod } from './save-method'
import { notSet, scheduleRefusal, type TypedSchedule } from './schedule-result'
import type { SetupResult } from './setup-result'
import { type WishedSchedule, whyNotSet } from './wished-schedule'

/**
 * Saves what was typed and sets a payment with it for a date, in one press; nothing is charged today. What is wished for
 * is written down with the consent, and carried out in the transaction that saves the method, whoever hears of it first:
 * this press, the bank's check, Stripe's news or the sweeper. The same press twice sets one payment.
 */
export async function scheduleWithTyped(
  actor: Actor,
  wish: SaveWish & { schedule: WishedSchedule },
  where: Where,
): Promise<TypedSchedule> {
  const { tenantId } = actor
  const { setupId, schedule } = wish
  if (actor.kind !== 'contact' || !mayPay(actor)) return scheduleRefusal('not-allowed', where.locale)
  if (!isId(setupId) || !namesInvoices(schedule)) return scheduleRefusal('form', where.locale)
  // Said before anything is saved. What changes after this moment is looked at again when it is set.
  const checked = await withTenant(tenantId, async (tx) => {
    const known = await tx.row(sql`select 1 from setups where tenant_id = ${tx.tenantId} and id = ${setupId}`)
    return known === undefined ? checkSchedule(tx, actor, schedule) : undefined
  })
  if (checked?.ok === false) return scheduleRefusal(checked.because, where.locale)
  return cameTo(tenantId, setupId, await saveMethod(actor, wish, where), where.locale)
}

/** How it stands after the bank's check in the browser, passed or left. @throws Fault not-found when it is not the actor's client's */
export async function refreshTypedSchedule(actor: Actor, setupId: string, locale: string): Promise<TypedSchedule> {
  const saved = await refreshSetup(actor, setupId, locale)
  if (saved.ok && saved.state === 'requires_action') return notSet('check', locale)
  return cameTo(actor.tenantId, setupId, saved, locale)
}

async function cameTo(tenantId: string, setupId: string, saved: SetupResult, locale: string): Promise<TypedSchedule> {
  if (!saved.ok) return { ok: false, because: 'not-saved', reason: saved.reason }
  switch (saved.state) {
    case 'saved': {
      const because = await whyNotSet(tenantId, setupId)
      return because === undefined ? { ok: true, state: 'set', scheduleId: setupId } : notSet(because, locale)
    }
    case 'requires_action':
      return saved.clientSecret === undefined
        ? notSet('unknown', locale)
        : { ok: true, state: 'requires_action', setupId, clientSecret: saved.clientSecret }
    case 'deposits':
      return notSet('deposits', locale)
    // Nothing that is agreed to in the browser is set with a date.
    case 'agreement':
    case 'unknown':
      return notSet('unknown', locale)
  }
}
