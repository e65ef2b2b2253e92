import 'server-only'
import { type Actor, actorName, mayPay } from '@/lib/access/actor'
import { now, todayIn } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { faultPoint } from '@/lib/base/fault-point'
import { isId, newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { announce } from '@/lib/events/announce'
import { money } from '@/lib/money/money'
import { audit } from '@/lib/tenancy/audit'
import { getTenant } from '@/lib/tenancy/queries'
import { localeOf } from '@/messages/words'
import {
  type AutopayOrder,
  type AutopayRefusal,
  type AutopayResult,
  type AutopaySource,
  autopayRefusal,
} from './autopay'
import { agreedAutopay } from './autopay-words'
import { endLive } from './end-autopay'
import { keepConsent } from './keep-consent'
import { liveAutopay } from './live-autopay'
import { offerOf } from './offer-autopay'

type From = { ip: string; userAgent: string; locale: string }

/**
 * From now on the client's invoices are charged by themselves, with the method of a payment that went through or one
 * that is saved. Pressed twice it is turned on once; the words that were agreed to are kept whole.
 */
export async function startAutopay(actor: Actor, order: AutopayOrder, from: From): Promise<AutopayResult> {
  if (!mayPay(actor)) return autopayRefusal('not-allowed', from.locale)
  if (order.capMinor !== undefined && order.capMinor <= 0n) return autopayRefusal('cap', from.locale)
  const outcome = await withTenant(actor.tenantId, (tx) => write(tx, actor, order, from))
  return outcome === 'ok' ? { ok: true } : autopayRefusal(outcome, from.locale)
}

async function write(tx: Tx, actor: Actor, order: AutopayOrder, from: From): Promise<'ok' | AutopayRefusal> {
  const offer = await offerOf(tx, actor, order)
  if (offer === undefined) return (await isTheirs(tx, actor, order)) ? 'method-gone' : 'form'
  const { clientId, currency, methodId } = offer
  // One by one per client: pressed in two tabs, the second finds the first.
  await tx.row(sql`select 1 from clients where tenant_id = ${tx.tenantId} and id = ${clientId} for no key update`)
  const live = await liveAutopay(tx, clientId)
  if (live?.methodId === methodId) return (live.capMinor ?? undefined) === order.capMinor ? 'ok' : 'exists'
  if (live !== undefined && !live.isGone && live.id !== order.replaces) return 'exists'
  const tenant = await getTenant(tx)
  if (!tenant.settings.portal.automatic) return 'off'
  const locale = localeOf(from.locale)
  const today = todayIn(tenant.timeZone)
  const { shownOn, version, capMinor } = order
  const agreed = { shownOn, version, ...(capMinor === undefined ? {} : { cap: money(capMinor, currency) }) }
  const consent = agreedAutopay({ tenant, locale }, offer, agreed, today)
  if (consent === 'changed') return 'changed'
  if (live !== undefined) await endLive(tx, live.id, 'replaced')
  const autopayId = newId()
  const mandateId = await keepConsent(tx, actor, offer, consent, { ...from, locale })
  const by = actorName(actor)
  await tx.run(sql`
    insert into autopays (tenant_id, id, client_id, method_id, mandate_id, currency, cap_minor, since_on, created_by, created_by_id, notice_email, locale, created_at)
    values (${tx.tenantId}, ${autopayId}, ${clientId}, ${methodId}, ${mandateId}, ${currency}, ${capMinor ?? null}, ${today}, ${by.kind}, ${by.id ?? null},
      ${offer.noticeEmail ?? null}, ${locale}, ${now()})`)
  await audit(tx, by, 'autopay.started', { kind: 'autopay', id: autopayId }, { methodId, capMinor: capMinor ?? null })
  await announce(tx, { kind: 'autopay.started', autopayId }, autopayId)
  await faultPoint('autopay.started')
  return 'ok'
}

/** A payment or a method of somebody else's is answered like one that never was. */
async function isTheirs(tx: Tx, actor: Actor, source: AutopaySource): Promise<boolean> {
  const [table, id] = 'attemptId' in source ? [sql`attempts`, source.attemptId] : [sql`methods`, source.methodId]
  if (!('clientId' in actor) || !isId(id)) return false
  const found = await tx.row(
    sql`select 1 from ${table} where tenant_id = ${tx.tenantId} and id = ${id} and client_id = ${actor.clientId}`,
  )
  return found !== undefined
}
