import 'server-only'
import { type Actor, mayPay } from '@/lib/access/actor'
import { type Tx, withTenant } from '@/lib/base/db'
import { isId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { money } from '@/lib/money/money'
import { methodToCharge } from '@/lib/payments/method-to-charge'
import { openGateway } from '@/lib/payments/open-gateway'
import type { AutopayOffer } from './autopay'
import { liveAutopay } from './live-autopay'

/**
 * What can be offered after a payment: its method for the invoices to come. Whoever is signed in may turn it on with any
 * method of the client's; whoever merely holds a link, only with what was saved through that very link.
 * @returns undefined when there is nothing to offer, or it is on with another method
 */
export async function offerAutopay(actor: Actor, attemptId: string): Promise<AutopayOffer | undefined> {
  if (!mayPay(actor) || !isId(attemptId)) return undefined
  return withTenant(actor.tenantId, async (tx) => {
    const offer = await offerOf(tx, actor, attemptId)
    if (offer === undefined) return undefined
    const live = await liveAutopay(tx, offer.clientId)
    if (live === undefined) return offer
    if (live.methodId !== offer.methodId) return live.isGone ? offer : undefined
    const cap = live.capMinor === null ? {} : { cap: money(live.capMinor, offer.currency) }
    return { ...offer, live: { id: live.id, ...cap } }
  })
}

/** The same inside a transaction of ours, whether or not it is on already. */
export async function offerOf(tx: Tx, actor: Actor, attemptId: string): Promise<AutopayOffer | undefined> {
  if (!isId(attemptId) || (actor.kind !== 'contact' && actor.kind !== 'link')) return undefined
  const { clientId } = actor
  // What was saved through another link, or by somebody else, is never spoken of to whoever holds this one.
  const saved = actor.kind === 'contact' ? sql`` : sql`and u.given_by = 'link' and u.given_by_id = ${actor.linkId}`
  const paid = await tx.row<{ methodId: string; currency: string; receiptEmail: string | null }>(sql`
    select coalesce(u.method_id, ${actor.kind === 'contact' ? sql`a.method_id` : sql`null::uuid`}) as method_id, a.currency, a.receipt_email
    from attempts a
    left join setups u on u.tenant_id = a.tenant_id and u.attempt_id = a.id and u.state = 'saved' ${saved}
    where a.tenant_id = ${tx.tenantId} and a.id = ${attemptId} and a.client_id = ${clientId} and a.state in ('succeeded', 'processing')`)
  if (!paid?.methodId) return undefined
  const { account } = await openGateway(tx)
  // Who may charge it has been settled above.
  const asker = { kind: 'system', tenantId: tx.tenantId, reason: 'autopay offered' } as const
  const method = await methodToCharge(tx, asker, paid.methodId, clientId, account)
  if (method === undefined || (method.type === 'us_bank_account' && method.accountKind === null)) return undefined
  return {
    ...{ clientId, currency: paid.currency, methodId: method.id, methodLabel: method.label, methodType: method.type },
    ...(method.accountKind === null ? {} : { accountKind: method.accountKind as 'business' | 'personal' }),
    ...(paid.receiptEmail === null ? {} : { noticeEmail: paid.receiptEmail }),
  }
}
