import 'server-only'
import { type Actor, mayPay } from '@/lib/access/actor'
import { type Tx, withTenant } from '@/lib/base/db'
import { isId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { money } from '@/lib/money/money'
import { methodsToCharge } from '@/lib/payments/method-to-charge'
import { openGateway } from '@/lib/payments/open-gateway'
import { getTenant } from '@/lib/tenancy/queries'
import type { AutopayOffer, AutopaySource } from './autopay'
import { liveAutopay } from './live-autopay'

/**
 * What can be offered: after a payment its method, or one that is saved, for the invoices to come. Whoever is signed in
 * may turn it on with any method of the client's; whoever merely holds a link, only with what was saved through that very
 * link.
 * @returns undefined when there is nothing to offer; after a payment, also when it is on with another method
 */
export async function offerAutopay(actor: Actor, source: AutopaySource): Promise<AutopayOffer | undefined> {
  if (!mayPay(actor)) return undefined
  return withTenant(actor.tenantId, async (tx) => {
    const offer = await offerOf(tx, actor, source)
    if (offer === undefined) return undefined
    const { settings } = await getTenant(tx)
    const live = await liveAutopay(tx, offer.clientId)
    // What is on stays visible; nothing else is offered where the MSP does not.
    if (live?.methodId !== offer.methodId && !settings.portal.automatic) return undefined
    if (live === undefined) return offer
    const cap = live.capMinor === null ? {} : { cap: money(live.capMinor, offer.currency) }
    if (live.methodId === offer.methodId) return { ...offer, live: { id: live.id, ...cap } }
    if (live.isGone) return offer
    return 'methodId' in source ? { ...offer, replaces: { id: live.id, methodLabel: live.methodLabel } } : undefined
  })
}

/** The same inside a transaction of ours, whether or not it is on already. */
export async function offerOf(tx: Tx, actor: Actor, source: AutopaySource): Promise<AutopayOffer | undefined> {
  const found =
    'attemptId' in source ? await paidWith(tx, actor, source.attemptId) : await saved(tx, actor, [source.methodId])
  return (await offersOf(tx, actor, found))[0]
}

/** What can be offered for several of the saved methods, one offer per method that is good. */
export async function offersOfSaved(tx: Tx, actor: Actor, methodIds: string[]): Promise<AutopayOffer[]> {
  return offersOf(tx, actor, await saved(tx, actor, methodIds))
}

async function offersOf(tx: Tx, actor: Actor, found: Found[]): Promise<AutopayOffer[]> {
  if (found.length === 0 || !('clientId' in actor)) return []
  const { clientId } = actor
  const { account } = await openGateway(tx)
  // Who may charge it has been settled above.
  const asker = { kind: 'system', tenantId: tx.tenantId, reason: 'autopay offered' } as const
  const ids = found.map(({ methodId }) => methodId)
  const methods = await methodsToCharge(tx, asker, ids, clientId, account)
  return methods.flatMap(({ id, label, type, accountKind }) => {
    const one = found.find(({ methodId }) => methodId === id)
    if (one === undefined || (type === 'us_bank_account' && accountKind === null)) return []
    return {
      ...{ clientId, currency: one.currency, methodId: id, methodLabel: label, methodType: type },
      ...(accountKind === null ? {} : { accountKind: accountKind as 'business' | 'personal' }),
      ...(one.noticeEmail === null ? {} : { noticeEmail: one.noticeEmail }),
    }
  })
}

type Found = { methodId: string; currency: string; noticeEmail: string | null }

async function paidWith(tx: Tx, actor: Actor, attemptId: string): Promise<Found[]> {
  if (!isId(attemptId) || (actor.kind !== 'contact' && actor.kind !== 'link')) return []
  // What was saved through another link, or by somebody else, is never spoken of to whoever holds this one.
  const savedBy = actor.kind === 'contact' ? sql`` : sql`and u.given_by = 'link' and u.given_by_id = ${actor.linkId}`
  const paid = await tx.row<Omit<Found, 'methodId'> & { methodId: string | null }>(sql`
    select coalesce(u.method_id, ${actor.kind === 'contact' ? sql`a.method_id` : sql`null::uuid`}) as method_id, a.currency, a.receipt_email as notice_email
    from attempts a
    left join setups u on u.tenant_id = a.tenant_id and u.attempt_id = a.id and u.state = 'saved' ${savedBy}
    where a.tenant_id = ${tx.tenantId} and a.id = ${attemptId} and a.client_id = ${actor.clientId} and a.state in ('succeeded', 'processing')`)
  return paid?.methodId ? [{ ...paid, methodId: paid.methodId }] : []
}

/** Only whoever is signed in sees what is saved. The notices go to that person. */
async function saved(tx: Tx, actor: Actor, methodIds: string[]): Promise<Found[]> {
  const ids = methodIds.filter(isId)
  if (ids.length === 0 || actor.kind !== 'contact') return []
  return tx.rows<Found>(sql`
    select m.id as method_id, c.currency, p.email as notice_email
    from methods m
    join clients c on c.tenant_id = m.tenant_id and c.id = m.client_id
    join contacts p on p.tenant_id = m.tenant_id and p.id = ${actor.contactId}
    where m.tenant_id = ${tx.tenantId} and m.id = any(${ids}::uuid[]) and m.client_id = ${actor.clientId} and m.removed_at is null`)
}
