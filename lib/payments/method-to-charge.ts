import 'server-only'
import { type Actor, isGuest } from '@/lib/access/actor'
import { todayIn } from '@/lib/base/clock'
import type { Tx } from '@/lib/base/db'
import { isId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { getTenant } from '@/lib/tenancy/queries'
import { canCharge, type MethodType } from './method'

/** A saved method as it is about to be charged: what is sent to Stripe is kept with the attempt, so that a repeat is the same. */
export type ChargedMethod = {
  id: string
  type: MethodType
  label: string
  customerId: string
  paymentMethodId: string
  mandateId: string | null
  accountKind: string | null
}

/** One of {@link methodsToCharge}. */
export async function methodToCharge(
  tx: Tx,
  actor: Actor,
  methodId: string,
  clientId: string,
  account: string,
): Promise<ChargedMethod | undefined> {
  return (await methodsToCharge(tx, actor, [methodId], clientId, account))[0]
}

/**
 * Of these methods those that are this client's and still good, with a mandate in force behind them. Whoever holds a
 * mailed link or a session of the widget is never shown what is saved, and may not charge it either.
 */
export async function methodsToCharge(
  tx: Tx,
  actor: Actor,
  methodIds: string[],
  clientId: string,
  account: string,
): Promise<ChargedMethod[]> {
  const ids = methodIds.filter(isId)
  if (ids.length === 0 || isGuest(actor) || actor.kind === 'staff') return []
  const methods = await tx.rows<ChargedMethod & { expiresOn: string | null; blockedReason: string | null }>(sql`
    select m.id, m.type, m.label, m.customer_id, m.payment_method_id, m.account_kind, m.expires_on, m.blocked_reason, d.mandate_id
    from methods m
    join lateral (
      select mandate_id from mandates
      where tenant_id = m.tenant_id and method_id = m.id and revoked_at is null and kind in ('bank_saved_business', 'bank_saved_personal', 'pad_saved', 'card_saved')
      order by accepted_at desc, id desc limit 1) d on true
    where m.tenant_id = ${tx.tenantId} and m.id = any(${ids}::uuid[]) and m.client_id = ${clientId} and m.account = ${account} and m.removed_at is null
    order by m.id
    for share of m`)
  if (methods.length === 0) return []
  const today = todayIn((await getTenant(tx)).timeZone)
  return methods.flatMap(({ expiresOn, blockedReason, ...method }) =>
    canCharge({ ...(expiresOn && { expiresOn }), ...(blockedReason && { blockedReason }) }, today) ? [method] : [],
  )
}
