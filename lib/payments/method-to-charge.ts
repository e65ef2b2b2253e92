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

/**
 * The method, when it is this client's, is still good, and a mandate in force stands behind it. Whoever holds a mailed
 * link or a session of the widget is never shown what is saved, and may not charge it either.
 */
export async function methodToCharge(
  tx: Tx,
  actor: Actor,
  methodId: string,
  clientId: string,
  account: string,
): Promise<ChargedMethod | undefined> {
  if (!isId(methodId) || isGuest(actor) || actor.kind === 'staff') return undefined
  const method = await tx.row<ChargedMethod & { expiresOn: string | null; blockedReason: string | null }>(sql`
    select m.id, m.type, m.label, m.customer_id, m.payment_method_id, m.account_kind, m.expires_on, m.blocked_reason, d.mandate_id
    from methods m
    join lateral (
      select mandate_id from mandates
      where tenant_id = m.tenant_id and method_id = m.id and revoked_at is null and kind in ('bank_saved_business', 'bank_saved_personal', 'pad_saved', 'card_saved')
      order by accepted_at desc, id desc limit 1) d on true
    where m.tenant_id = ${tx.tenantId} and m.id = ${methodId} and m.client_id = ${clientId} and m.account = ${account} and m.removed_at is null
    for share of m`)
  if (method === undefined) return undefined
  const { expiresOn, blockedReason, ...rest } = method
  const today = todayIn((await getTenant(tx)).timeZone)
  const facts = { ...(expiresOn && { expiresOn }), ...(blockedReason && { blockedReason }) }
  return canCharge(facts, today) ? rest : undefined
}
