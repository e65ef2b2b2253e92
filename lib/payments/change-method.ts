import 'server-only'
import { type Actor, actorName, mayPay } from '@/lib/access/actor'
import { todayIn } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { Fault } from '@/lib/base/fault'
import { isId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { announce } from '@/lib/events/announce'
import { audit } from '@/lib/tenancy/audit'
import { getTenant } from '@/lib/tenancy/queries'
import { replaceInAgreements } from './choose-agreement-method'
import { methodToCharge } from './method-to-charge'
import { needsOf } from './needs-of-method'
import { endMethod } from './take-method-news'

/** What the client calls it; an empty name is none. @throws Fault not-found, also when the actor may not act for the client */
export async function nameMethod(actor: Actor, methodId: string, nickname: string): Promise<void> {
  const name = nickname.replace(/\s+/g, ' ').trim().slice(0, 60)
  await withMethod(actor, methodId, async (tx) => {
    await tx.run(sql`
      update methods set nickname = ${name === '' ? null : name} where tenant_id = ${tx.tenantId} and id = ${methodId}`)
    await audit(tx, actorName(actor), 'method.named', { kind: 'method', id: methodId })
  })
}

/** The one that is offered first. @throws Fault not-found */
export async function preferMethod(actor: Actor, methodId: string): Promise<void> {
  await withMethod(actor, methodId, async (tx, { clientId }) => {
    await tx.run(sql`
      update methods set is_default = false where tenant_id = ${tx.tenantId} and client_id = ${clientId} and is_default`)
    await tx.run(sql`update methods set is_default = true where tenant_id = ${tx.tenantId} and id = ${methodId}`)
    await audit(tx, actorName(actor), 'method.preferred', { kind: 'method', id: methodId })
  })
}

/**
 * Removes it here and at Stripe, and withdraws the consents that were given for it. While something still needs it, it
 * stays; the page says what.
 * @returns whether it is removed
 * @throws Fault not-found
 */
export async function removeMethod(actor: Actor, methodId: string): Promise<boolean> {
  return withMethod(actor, methodId, async (tx, { account, paymentMethodId }) => {
    if ((await needsOf(tx, methodId, todayIn((await getTenant(tx)).timeZone))).length > 0) return false
    await endMethod(tx, methodId, `${actorName(actor).kind}:${actorName(actor).id ?? ''}`)
    await announce(tx, { kind: 'method.to_detach', account, paymentMethodId }, paymentMethodId)
    await audit(tx, actorName(actor), 'method.removed', { kind: 'method', id: methodId })
    return true
  })
}

/**
 * Another method takes its place wherever it is needed, at once; where the other would no longer be good on the day,
 * nothing changes.
 * @returns whether it did
 * @throws Fault not-found
 */
export async function replaceMethod(actor: Actor, methodId: string, by: string): Promise<boolean> {
  return withMethod(actor, methodId, async (tx, { clientId, account }) => {
    const other = await methodToCharge(tx, actor, by, clientId, account)
    if (other === undefined || other.id === methodId) return false
    const late = await tx.row(sql`
      select 1 from scheduled_payments s join methods m on m.tenant_id = s.tenant_id and m.id = ${other.id}
      where s.tenant_id = ${tx.tenantId} and s.method_id = ${methodId} and s.state = 'scheduled' and m.expires_on < s.run_on limit 1`)
    if (late !== undefined) return false
    await tx.run(sql`
      update scheduled_payments set method_id = ${other.id}
      where tenant_id = ${tx.tenantId} and method_id = ${methodId} and state = 'scheduled'`)
    await replaceInAgreements(tx, actor, methodId, other.id)
    await audit(tx, actorName(actor), 'method.replaced', { kind: 'method', id: methodId }, { by: other.id })
    return true
  })
}

type Locked = { clientId: string; account: string; paymentMethodId: string }

async function withMethod<Result>(
  actor: Actor,
  methodId: string,
  work: (tx: Tx, method: Locked) => Promise<Result>,
): Promise<Result> {
  return withTenant(actor.tenantId, async (tx) => {
    const method = isId(methodId)
      ? await tx.row<Locked>(sql`
          select client_id, account, payment_method_id from methods
          where tenant_id = ${tx.tenantId} and id = ${methodId} and removed_at is null for update`)
      : undefined
    if (method === undefined || actor.kind !== 'contact' || actor.clientId !== method.clientId || !mayPay(actor))
      throw new Fault('not-found', 'No such method')
    return work(tx, method)
  })
}
