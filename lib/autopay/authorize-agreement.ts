import 'server-only'
import { type Actor, actorName, mayPay } from '@/lib/access/actor'
import { type PlainDate, todayIn } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { hashOf, isId } from '@/lib/base/ids'
import { type Sql, sql } from '@/lib/base/sql'
import { announce } from '@/lib/events/announce'
import { money } from '@/lib/money/money'
import { isShownLately } from '@/lib/payments/agreed'
import { choiceCounts, isAuthorized } from '@/lib/payments/agreement-method'
import type { Consent } from '@/lib/payments/consent'
import { audit } from '@/lib/tenancy/audit'
import { getTenant } from '@/lib/tenancy/queries'
import type { Tenant } from '@/lib/tenancy/tenant'
import { type Locale, localeOf } from '@/messages/words'
import { type AutopayOffer, type AutopayRefusal, type AutopayResult, autopayRefusal } from './autopay'
import { agreementConsent } from './autopay-words'
import { keepConsent } from './keep-consent'
import { type LiveAutopay, liveAutopay } from './live-autopay'
import { offerOf, offersOfSaved } from './offer-autopay'

/** The words under which what was chosen for an agreement is charged by itself, and the mark that they are those. */
export type AgreementOffer = { agreementId: string; methodId: string; shownOn: PlainDate; text: string; mark: string }

/** Which words somebody agreed to: never the words themselves, only their mark, and the day they bore. */
export type AgreementOrder = Pick<AgreementOffer, 'agreementId' | 'methodId' | 'shownOn' | 'mark'>

/**
 * For each agreement whose chosen method may not be charged by itself yet, while automatic payment is on with another:
 * the words somebody would agree to. A standing consent names one card or account, so choosing alone is not enough.
 */
export async function offerAgreements(actor: Actor, locale: Locale): Promise<AgreementOffer[]> {
  if (actor.kind !== 'contact' || !mayPay(actor)) return []
  return withTenant(actor.tenantId, async (tx) => {
    const live = await liveAutopay(tx, actor.clientId)
    const tenant = await getTenant(tx)
    if (live === undefined || !tenant.settings.portal.automatic) return []
    const today = todayIn(tenant.timeZone)
    const choices = await waiting(tx, actor.clientId, live, today)
    const offers = await offersOfSaved(
      tx,
      actor,
      choices.map((one) => one.methodId),
    )
    return choices.flatMap((one) => {
      const { agreementId, methodId } = one
      const offer = offers.find((other) => other.methodId === methodId)
      if (offer === undefined) return []
      const { text } = worded({ tenant, locale }, offer, one, live, today)
      return { agreementId, methodId, shownOn: today, text, mark: hashOf(text) }
    })
  })
}

/**
 * What was chosen for an agreement is charged by itself from now on, for that agreement's invoices alone and up to the
 * limit of the automatic payment it belongs to. Pressed twice it is agreed to once.
 */
export async function authorizeAgreement(
  actor: Actor,
  order: AgreementOrder,
  from: { ip: string; userAgent: string; locale: string },
): Promise<AutopayResult> {
  if (!mayPay(actor)) return autopayRefusal('not-allowed', from.locale)
  const outcome = await withTenant(actor.tenantId, (tx) => write(tx, actor, order, from))
  return outcome === 'ok' ? { ok: true } : autopayRefusal(outcome, from.locale)
}

type From = Parameters<typeof authorizeAgreement>[2]

async function write(tx: Tx, actor: Actor, order: AgreementOrder, from: From): Promise<'ok' | AutopayRefusal> {
  if (actor.kind !== 'contact' || !isId(order.agreementId)) return 'form'
  const { clientId } = actor
  // As where automatic payment is turned on: one by one per client.
  await tx.row(sql`select 1 from clients where tenant_id = ${tx.tenantId} and id = ${clientId} for no key update`)
  const live = await liveAutopay(tx, clientId)
  const tenant = await getTenant(tx)
  if (!tenant.settings.portal.automatic) return 'off'
  const today = todayIn(tenant.timeZone)
  if (live === undefined || !isShownLately(order.shownOn, today)) return 'changed'
  await tx.row(sql`
    select 1 from agreement_methods
    where tenant_id = ${tx.tenantId} and client_id = ${clientId} and agreement_id = ${order.agreementId} for update`)
  const of = sql`and x.agreement_id = ${order.agreementId} and x.method_id::text = ${order.methodId}`
  const [one] = await waiting(tx, clientId, live, today, of)
  if (one === undefined) return (await isDone(tx, clientId, order, live)) ? 'ok' : 'changed'
  const offer = await offerOf(tx, actor, one)
  if (offer === undefined) return 'method-gone'
  const locale = localeOf(from.locale)
  const consent = worded({ tenant, locale }, offer, one, live, order.shownOn)
  if (hashOf(consent.text) !== order.mark) return 'changed'
  const mandateId = await keepConsent(tx, actor, offer, consent, { ...from, locale })
  await tx.run(sql`
    update agreement_methods set autopay_id = ${live.id}, mandate_id = ${mandateId}
    where tenant_id = ${tx.tenantId} and client_id = ${clientId} and agreement_id = ${one.agreementId}`)
  const detail = { methodId: one.methodId, autopayId: live.id }
  await audit(tx, actorName(actor), 'agreement.method_authorized', { kind: 'agreement', id: one.agreementId }, detail)
  await announce(tx, { kind: 'agreement.authorized', agreementId: one.agreementId, mandateId }, mandateId)
  return 'ok'
}

type Waiting = { agreementId: string; name: string; methodId: string }

/** Choices that count, of another method than automatic payment's own, under no consent that is in force. */
function waiting(
  tx: Tx,
  clientId: string,
  live: LiveAutopay,
  today: PlainDate,
  where: Sql = sql``,
): Promise<Waiting[]> {
  return tx.rows<Waiting>(sql`
    select x.agreement_id, g.name, x.method_id
    from agreement_methods x
    join agreements g on g.tenant_id = x.tenant_id and g.id = x.agreement_id and ${choiceCounts(today)}
    where x.tenant_id = ${tx.tenantId} and x.client_id = ${clientId} and x.method_id <> ${live.methodId} ${where}
      and not (${isAuthorized(sql`${live.id}::uuid`)})
    order by g.name, g.id`)
}

async function isDone(tx: Tx, clientId: string, order: AgreementOrder, live: LiveAutopay): Promise<boolean> {
  const found = await tx.row(sql`
    select 1 from agreement_methods x
    where x.tenant_id = ${tx.tenantId} and x.client_id = ${clientId} and x.agreement_id = ${order.agreementId}
      and x.method_id::text = ${order.methodId} and ${isAuthorized(sql`${live.id}::uuid`)}`)
  return found !== undefined
}

function worded(
  reader: { tenant: Tenant; locale: Locale },
  offer: AutopayOffer,
  { name }: Waiting,
  { capMinor }: LiveAutopay,
  on: PlainDate,
): Consent {
  const cap = capMinor === null ? undefined : money(capMinor, offer.currency)
  return agreementConsent(reader, offer, on, { agreement: name, ...(cap && { cap }) })
}
