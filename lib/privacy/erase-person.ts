import 'server-only'
import { actorName } from '@/lib/access/actor'
import type { StaffActor } from '@/lib/access/require-staff'
import { now } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { isId, newId } from '@/lib/base/ids'
import { type Sql, sql } from '@/lib/base/sql'
import { settle } from '@/lib/events/exception'
import { erasedAddress, isAddress } from '@/lib/mail/message'
import { queueMessage } from '@/lib/mail/queue-message'
import { erasureAnswer } from '@/lib/mail/templates/erasure-answer'
import { audit } from '@/lib/tenancy/audit'
import { getTenant } from '@/lib/tenancy/queries'
import { localeOf } from '@/messages/words'
import type { ErasureHold } from './erasure'
import { isOpenErasure } from './open-erasure'
import { holdOf } from './read-erasures'

export type Erased = { ok: true } | { ok: false; because: 'not-owner' | 'unknown' | ErasureHold }

/**
 * Takes away what names this person, and for good: their name and address, how and from where they signed in, what was
 * mailed to them. They cannot come in any more, and the PSA's news do not bring them back. Journal, payments, audit trail
 * and the authorizations they gave stay as they are; on those alone their name stays, for as long as they are needed as
 * proof. A second record of the same address at the same client is the same person, and goes with it. One mail tells them
 * that it is done: it holds the address until it was delivered (deliver-message.ts), for a week at most (forget-expired.ts).
 */
export async function erasePerson(actor: StaffActor, contactId: string): Promise<Erased> {
  if (actor.role !== 'owner') return { ok: false, because: 'not-owner' }
  return withTenant(actor.tenantId, async (tx): Promise<Erased> => {
    const found = isId(contactId) ? await lockPerson(tx, contactId) : undefined
    if (found === undefined) return { ok: false, because: 'unknown' }
    const { clientId, email } = found
    const hold = email === null ? undefined : await holdOf(tx, { clientId, email })
    if (hold !== undefined) return { ok: false, because: hold }
    const records = await recordsOf(tx, contactId, found)
    for (const { id, name } of records) await eraseRecord(tx, actor, id, name)
    if (email !== null) await eraseAddress(tx, clientId, email)
    await tellDone(tx, contactId, found)
    return { ok: true }
  })
}

type Person = { clientId: string; name: string; email: string | null; locale: string; isGone: boolean }

function lockPerson(tx: Tx, contactId: string): Promise<Person | undefined> {
  return tx.row<Person>(sql`
    select p.client_id, p.name, p.email, coalesce(p.locale, c.locale) as locale, p.gone_at is not null as is_gone
    from contacts p join clients c on c.tenant_id = p.tenant_id and c.id = p.client_id
    where p.tenant_id = ${tx.tenantId} and p.id = ${contactId} and p.erased_at is null for update of p`)
}

/** Queued after the address was taken from everywhere else. Who has left has no mailbox there any more. */
async function tellDone(tx: Tx, contactId: string, { clientId, name, email, locale: wished, isGone }: Person) {
  if (email === null || isGone || !isAddress(email)) return
  const sender = await getTenant(tx)
  const locale = localeOf(wished, sender.locale)
  await queueMessage(tx, {
    ...{ key: `erasure-done:${contactId}`, kind: 'erasure_done', to: email, locale, clientId },
    ...(await erasureAnswer({ sender, locale, name })),
  })
}

function recordsOf(tx: Tx, contactId: string, { clientId, email }: Person): Promise<{ id: string; name: string }[]> {
  return tx.rows(sql`
    select id, name from contacts
    where tenant_id = ${tx.tenantId} and client_id = ${clientId} and erased_at is null and (id = ${contactId} or email = ${email})
    order by id for update`)
}

async function eraseRecord(tx: Tx, actor: StaffActor, id: string, name: string): Promise<void> {
  const at = now()
  const own = sql`tenant_id = ${tx.tenantId} and audience = 'contact' and person_id = ${id}`
  const statements: Sql[] = [
    sql`delete from passkeys where ${own}`,
    sql`delete from sign_ins where ${own}`,
    sql`update sessions set revoked_at = coalesce(revoked_at, ${at}), address = '', user_agent = '', proven_email = null where ${own}`,
    sql`
      update contacts p set name = case when c.locale like 'fr%' then 'Personne effacée' else 'Erased person' end,
        email = null, title = '', is_billing = false, role = 'viewer', role_set_at = ${at}, removed_at = ${at}, erased_at = ${at},
        locale = null, locale_set_at = null, switched_off = '{}', statement_from = null, source_hash = '', source = '{}'
      from clients c
      where p.tenant_id = ${tx.tenantId} and p.id = ${id} and c.tenant_id = ${tx.tenantId} and c.id = p.client_id`,
    sql`
      insert into erasures (tenant_id, id, contact_id, asked_by, asked_at)
      values (${tx.tenantId}, ${newId()}, ${id}, 'staff', ${at})
      on conflict (tenant_id, contact_id) where ${isOpenErasure} do nothing`,
    sql`
      update erasures set done_at = ${at}, done_by = ${actor.staffId},
        proof_name = case when exists (
          select 1 from mandates where tenant_id = ${tx.tenantId} and given_by = 'contact' and given_by_id = ${id}::text) then ${name}::text end
      where tenant_id = ${tx.tenantId} and contact_id = ${id} and ${isOpenErasure}`,
    // A reason given before may name them.
    sql`
      update erasures set declined_because = '' where tenant_id = ${tx.tenantId} and contact_id = ${id} and declined_at is not null`,
  ]
  for (const statement of statements) await tx.run(statement)
  await audit(tx, actorName(actor), 'erasure.done', { kind: 'contact', id })
  await settle(tx, 'erasure-asked', id, actor.staffId)
}

/** Where the address stands besides: mails, links, receipts and notices of this client; what was done with them stays. */
async function eraseAddress(tx: Tx, clientId: string, email: string): Promise<void> {
  const statements: Sql[] = [
    sql`
      update messages set to_email = ${erasedAddress}, text = '', html = ''
      where tenant_id = ${tx.tenantId} and client_id = ${clientId} and lower(to_email) = ${email}`,
    sql`
      update pay_links l set sent_to = null
      where l.tenant_id = ${tx.tenantId} and lower(l.sent_to) = ${email} and (l.client_id = ${clientId} or exists (
        select from invoices i where i.tenant_id = ${tx.tenantId} and i.id = l.invoice_id and i.client_id = ${clientId}))`,
    sql`
      update attempts set receipt_email = null
      where tenant_id = ${tx.tenantId} and client_id = ${clientId} and lower(receipt_email) = ${email}`,
    sql`
      update scheduled_payments set receipt_email = null
      where tenant_id = ${tx.tenantId} and client_id = ${clientId} and lower(receipt_email) = ${email}`,
    sql`
      update setups set schedule_email = null
      where tenant_id = ${tx.tenantId} and client_id = ${clientId} and lower(schedule_email) = ${email}`,
    sql`
      update autopays set notice_email = null
      where tenant_id = ${tx.tenantId} and client_id = ${clientId} and lower(notice_email) = ${email}`,
    sql`
      update events e set payload = e.payload - 'to' from invoices i
      where e.tenant_id = ${tx.tenantId} and e.kind = 'invoice.to_send' and e.state <> 'waiting' and lower(e.payload ->> 'to') = ${email}
        and i.tenant_id = ${tx.tenantId} and i.id::text = e.payload ->> 'invoiceId' and i.client_id = ${clientId}`,
    sql`
      update exceptions set detail = replace(detail, ${email}, ${erasedAddress}), next_step = replace(next_step, ${email}, ${erasedAddress})
      where tenant_id = ${tx.tenantId} and client_id = ${clientId} and (position(${email} in detail) > 0 or position(${email} in next_step) > 0)`,
  ]
  for (const statement of statements) await tx.run(statement)
}
