import 'server-only'
import { actorName } from '@/lib/access/actor'
import type { ContactActor } from '@/lib/access/require-contact'
import { now } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { json, type Sql, sql } from '@/lib/base/sql'
import { audit } from '@/lib/tenancy/audit'

const batch = 500
const first = '00000000-0000-0000-0000-000000000000'

/** Everything that is kept about one person, as JSON, written while it is read. That a copy was taken is in the trail. */
export async function* exportPersonalData(actor: ContactActor): AsyncGenerator<string> {
  const person = await withTenant(actor.tenantId, async (tx) => {
    await audit(tx, actorName(actor), 'personal_data.exported', { kind: 'contact', id: actor.contactId })
    return tx.row<{ email: string | null }>(sql`
      select p.id, p.name, p.email, p.title, p.role, p.is_billing, p.locale, p.switched_off, p.statement_from, c.name as company, m.name as kept_by,
        p.source as from_service_desk
      from contacts p join clients c on c.tenant_id = p.tenant_id and c.id = p.client_id join tenants m on m.id = p.tenant_id
      where p.tenant_id = ${tx.tenantId} and p.id = ${actor.contactId}`)
  })
  yield `{"takenAt":${json(now())},\n"person":${json(person ?? null)}`
  for (const [name, page] of Object.entries(sections)) {
    yield `,\n"${name}":[`
    for (let after = first, isFirst = true; ; isFirst = false) {
      const rows = await withTenant(actor.tenantId, (tx) =>
        tx.rows<{ id: string }>(page(tx, actor, after, person?.email?.toLowerCase() ?? '')),
      )
      if (rows.length > 0) yield `${isFirst ? '' : ','}\n${rows.map(json).join(',\n')}`
      after = rows.at(-1)?.id ?? after
      if (rows.length < batch) break
    }
    yield ']'
  }
  yield '}\n'
}

type Page = (tx: Tx, actor: ContactActor, after: string, email: string) => Sql

/** Each kind, in the order of its ids. No secret is among them: not of a link, a session or a passkey. */
const sections: Record<string, Page> = {
  sessions: (tx, { contactId }, after) => sql`
    select id, created_at, last_seen_at, expires_at, revoked_at, address, user_agent, proven_email from sessions
    where tenant_id = ${tx.tenantId} and audience = 'contact' and person_id = ${contactId} and id > ${after} order by id limit ${batch}`,
  signIns: (tx, { contactId }, after) => sql`
    select id, email, created_at, used_at from sign_ins
    where tenant_id = ${tx.tenantId} and audience = 'contact' and person_id = ${contactId} and id > ${after} order by id limit ${batch}`,
  passkeys: (tx, { contactId }, after) => sql`
    select id, name, created_at, last_used_at, removed_at from passkeys
    where tenant_id = ${tx.tenantId} and audience = 'contact' and person_id = ${contactId} and id > ${after} order by id limit ${batch}`,
  authorizations: (tx, { contactId }, after) => sql`
    select id, kind, text, language, accepted_at, accepted_ip, user_agent, revoked_at from mandates
    where tenant_id = ${tx.tenantId} and given_by = 'contact' and given_by_id = ${contactId} and id > ${after} order by id limit ${batch}`,
  mails: (tx, { clientId }, after, email) => sql`
    select id, kind, to_email, subject, text, created_at, sent_at from messages
    where tenant_id = ${tx.tenantId} and client_id = ${clientId} and lower(to_email) = ${email} and id > ${after} order by id limit ${batch}`,
  questions: (tx, { contactId }, after) => sql`
    select id, reason as text, opened_at as said_at from invoice_holds
    where tenant_id = ${tx.tenantId} and opened_by = 'contact' and actor_id = ${contactId} and id > ${after} order by id limit ${batch}`,
  messages: (tx, { contactId }, after) => sql`
    select id, text, said_at from hold_messages
    where tenant_id = ${tx.tenantId} and said_by = 'contact' and actor_id = ${contactId} and id > ${after} order by id limit ${batch}`,
  erasureRequests: (tx, { contactId }, after) => sql`
    select id, asked_at, withdrawn_at, declined_at, declined_because from erasures
    where tenant_id = ${tx.tenantId} and contact_id = ${contactId} and id > ${after} order by id limit ${batch}`,
  acts: (tx, { contactId }, after) => sql`
    select id, at, actor_kind as done_by, action, subject_kind, subject_id, detail from audit_entries
    where tenant_id = ${tx.tenantId} and id > ${after}
      and ((actor_kind = 'contact' and actor_id = ${contactId}) or (subject_kind = 'contact' and subject_id = ${contactId}))
    order by id limit ${batch}`,
}
