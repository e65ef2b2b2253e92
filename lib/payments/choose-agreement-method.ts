import 'server-only'
import { type Actor, actorName, mayPay } from '@/lib/access/actor'
import { now, todayIn } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { Fault } from '@/lib/base/fault'
import { isId } from '@/lib/base/ids'
import { type Sql, sql } from '@/lib/base/sql'
import { audit } from '@/lib/tenancy/audit'
import { getTenant } from '@/lib/tenancy/queries'
import { agreementLives } from './agreement-method'
import { canCharge } from './method'

/**
 * From now on the invoices of this agreement are paid with this method: it is what the checkout offers first for them.
 * That it may be charged by itself too takes an authorization of its own (lib/autopay/authorize-agreement.ts), and one
 * given for another method ends.
 * @param methodId undefined: like every other invoice, with what is offered first
 * @throws Fault not-found for an agreement or a method that is not this client's, has ended, or cannot be charged; and
 * for whoever may not pay
 */
export async function chooseAgreementMethod(actor: Actor, agreementId: string, methodId?: string): Promise<void> {
  const nothing = new Fault('not-found', 'No such agreement or method')
  if (actor.kind !== 'contact' || !mayPay(actor) || !isId(agreementId)) throw nothing
  const { clientId } = actor
  await withTenant(actor.tenantId, async (tx) => {
    const today = todayIn((await getTenant(tx)).timeZone)
    // Two presses at once are one after the other: each audit entry says truly what was there before.
    const agreement = await tx.row(sql`
      select 1 from agreements g where g.tenant_id = ${tx.tenantId} and g.id = ${agreementId} and g.client_id = ${clientId}
        and ${agreementLives(today)} for no key update`)
    if (agreement === undefined || (methodId !== undefined && !(await isGood(tx, clientId, methodId, today))))
      throw nothing
    const before = await tx.row<{ methodId: string }>(sql`
      select method_id from agreement_methods
      where tenant_id = ${tx.tenantId} and client_id = ${clientId} and agreement_id = ${agreementId}`)
    if (before?.methodId === methodId) return
    await endConsents(tx, actor, sql`client_id = ${clientId} and agreement_id = ${agreementId}`)
    if (methodId === undefined)
      await tx.run(sql`
        delete from agreement_methods
        where tenant_id = ${tx.tenantId} and client_id = ${clientId} and agreement_id = ${agreementId}`)
    else
      await tx.run(sql`
        insert into agreement_methods (tenant_id, client_id, agreement_id, method_id, chosen_at)
        values (${tx.tenantId}, ${clientId}, ${agreementId}, ${methodId}, ${now()})
        on conflict (tenant_id, client_id, agreement_id) do update set method_id = excluded.method_id, chosen_at = excluded.chosen_at`)
    await auditChoice(tx, actor, agreementId, before?.methodId, methodId)
  })
}

/** Another method takes the place of one wherever it was chosen: part of replacing it everywhere. */
export async function replaceInAgreements(tx: Tx, actor: Actor, methodId: string, by: string): Promise<void> {
  await endConsents(tx, actor, sql`method_id = ${methodId}`)
  const moved = await tx.rows<{ agreementId: string }>(sql`
    update agreement_methods set method_id = ${by}, chosen_at = ${now()}
    where tenant_id = ${tx.tenantId} and method_id = ${methodId} returning agreement_id`)
  for (const { agreementId } of moved) await auditChoice(tx, actor, agreementId, methodId, by)
}

async function isGood(tx: Tx, clientId: string, methodId: string, today: string): Promise<boolean> {
  if (!isId(methodId)) return false
  const method = await tx.row<{ expiresOn: string | null; blockedReason: string | null }>(sql`
    select expires_on, blocked_reason from methods
    where tenant_id = ${tx.tenantId} and id = ${methodId} and client_id = ${clientId} and removed_at is null for share`)
  if (method === undefined) return false
  const { expiresOn, blockedReason } = method
  return canCharge({ ...(expiresOn && { expiresOn }), ...(blockedReason && { blockedReason }) }, today)
}

/** What was agreed to for one method is not agreed to for another. @param where of `agreement_methods` */
async function endConsents(tx: Tx, actor: Actor, where: Sql): Promise<void> {
  const { kind, id = '' } = actorName(actor)
  await tx.run(sql`
    update mandates set revoked_at = ${now()}, revoked_by = ${`${kind}:${id}`}
    where tenant_id = ${tx.tenantId} and revoked_at is null
      and id in (select mandate_id from agreement_methods where tenant_id = ${tx.tenantId} and ${where})`)
  await tx.run(sql`
    update agreement_methods set autopay_id = null, mandate_id = null
    where tenant_id = ${tx.tenantId} and ${where} and mandate_id is not null`)
}

async function auditChoice(tx: Tx, actor: Actor, agreementId: string, before?: string, after?: string): Promise<void> {
  await audit(
    tx,
    actorName(actor),
    'agreement.method_chosen',
    { kind: 'agreement', id: agreementId },
    { before: { methodId: before ?? null }, after: { methodId: after ?? null } },
  )
}
