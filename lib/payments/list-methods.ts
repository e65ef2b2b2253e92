import 'server-only'
import { type Actor, isGuest, maySeeClient } from '@/lib/access/actor'
import { type Tx, withTenant } from '@/lib/base/db'
import { Fault } from '@/lib/base/fault'
import { isId } from '@/lib/base/ids'
import { type Sql, sql } from '@/lib/base/sql'
import type { MandateView, MethodView } from './method'

/** What a client has saved, its default first. Whoever holds a mailed link sees none of it. */
export async function listMethods(actor: Actor, clientId: string): Promise<MethodView[]> {
  if (isGuest(actor) || !isId(clientId) || !maySeeClient(actor, clientId)) return []
  return withTenant(actor.tenantId, async (tx) => {
    const rows = await tx.rows<MethodRow>(sql`
      select id, client_id, type, label, last4, nickname, account_kind, expires_on, is_default, blocked_reason, created_at
      from methods where tenant_id = ${tx.tenantId} and client_id = ${clientId} and removed_at is null
      order by is_default desc, created_at desc, id`)
    return rows.map(({ nickname, accountKind, expiresOn, blockedReason, ...method }) => ({
      ...method,
      ...(nickname && { nickname }),
      ...(accountKind && { accountKind }),
      ...(expiresOn && { expiresOn }),
      ...(blockedReason && { blockedReason }),
    }))
  })
}

type Optional = 'nickname' | 'accountKind' | 'expiresOn' | 'blockedReason'
type MethodRow = Omit<MethodView, Optional> & {
  [Name in Optional]: Required<MethodView>[Name] | null
}

/** What is being saved and not saved yet: it waits for two small deposits, or for its bank. */
export async function listSetups(actor: Actor): Promise<{ id: string; label: string; state: string }[]> {
  if (actor.kind !== 'contact') return []
  return withTenant(actor.tenantId, (tx) =>
    tx.rows(sql`
      select id, coalesce(label, '') as label, state from setups
      where tenant_id = ${tx.tenantId} and client_id = ${actor.clientId} and attempt_id is null and state = 'requires_action'
      order by state_at desc`),
  )
}

/** Every consent a client ever gave, with what it was for, newest first. */
export async function listMandates(actor: Actor, clientId: string): Promise<MandateView[]> {
  if (isGuest(actor) || !isId(clientId) || !maySeeClient(actor, clientId)) return []
  return withTenant(actor.tenantId, (tx) => mandates(tx, sql`and d.client_id = ${clientId}`))
}

/** @throws Fault not-found also when it is another client's */
export async function getMandate(actor: Actor, id: string): Promise<MandateView> {
  const [mandate] = isId(id) ? await withTenant(actor.tenantId, (tx) => mandates(tx, sql`and d.id = ${id}`)) : []
  if (mandate === undefined || isGuest(actor) || !maySeeClient(actor, mandate.clientId))
    throw new Fault('not-found', 'No such mandate')
  return mandate
}

async function mandates(tx: Tx, where: Sql): Promise<MandateView[]> {
  const rows = await tx.rows<
    MandateView & { label: string | null; revokedAt: Date | null; mandateId: string | null }
  >(sql`
    select d.id, d.client_id, c.name as client_name, coalesce(m.label, a.method_label) as label, d.kind, d.text, d.text_version, d.language,
      d.accepted_at, d.accepted_ip, d.user_agent, d.given_by, d.revoked_at, d.mandate_id,
      coalesce(
        (select e.proof_name from erasures e where e.tenant_id = d.tenant_id and d.given_by = 'contact' and e.contact_id::text = d.given_by_id and e.proof_name is not null limit 1),
        (select p.name from contacts p where p.tenant_id = d.tenant_id and d.given_by = 'contact' and p.id::text = d.given_by_id), '') as given_by_name
    from mandates d
    join clients c on c.tenant_id = d.tenant_id and c.id = d.client_id
    left join methods m on m.tenant_id = d.tenant_id and m.id = d.method_id
    left join attempts a on a.tenant_id = d.tenant_id and a.id = d.attempt_id
    where d.tenant_id = ${tx.tenantId} ${where} order by d.accepted_at desc, d.id desc limit 100`)
  return rows.map(({ label, revokedAt, mandateId, ...mandate }) => ({
    ...mandate,
    ...(label && { label }),
    ...(revokedAt && { revokedAt }),
    ...(mandateId && { mandateId }),
  }))
}
