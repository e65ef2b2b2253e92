import 'server-only'
import type { StaffActor } from '@/lib/access/require-staff'
import { type Tx, withTenant } from '@/lib/base/db'
import { Fault } from '@/lib/base/fault'
import { isId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import type { ErasureHold, ErasureOutlook, ErasureRequest } from './erasure'
import { isOpenErasure } from './open-erasure'

/** Who waits to be erased, the longest first. */
export async function listErasureRequests(actor: StaffActor): Promise<ErasureRequest[]> {
  const rows = await withTenant(actor.tenantId, (tx) =>
    tx.rows<{ contactId: string; name: string; clientId: string; clientName: string; askedAt: Date }>(sql`
      select p.id as contact_id, p.name, c.id as client_id, c.name as client_name, e.asked_at
      from erasures e
      join contacts p on p.tenant_id = e.tenant_id and p.id = e.contact_id
      join clients c on c.tenant_id = p.tenant_id and c.id = p.client_id
      where e.tenant_id = ${tx.tenantId} and ${isOpenErasure} order by e.asked_at, e.id`),
  )
  return rows.map(({ clientId, clientName, ...row }) => ({ ...row, client: { id: clientId, name: clientName } }))
}

type Row = Omit<ErasureOutlook, 'client' | 'email' | 'askedAt' | 'psa' | 'hold'> & {
  clientId: string
  clientName: string
  email: string | null
  askedAt: Date | null
  psa: string | null
}

/** What comes of erasing this person, to be read before. @throws Fault not-found also for somebody who has been erased */
export async function readErasureOutlook(actor: StaffActor, contactId: string): Promise<ErasureOutlook> {
  return withTenant(actor.tenantId, async (tx) => {
    const row = isId(contactId) ? await readRow(tx, contactId) : undefined
    if (row === undefined) throw new Fault('not-found', 'Nobody who could be erased')
    const { clientId, clientName, email, askedAt, psa, ...outlook } = row
    const hold = email === null ? undefined : await holdOf(tx, { clientId, email })
    return {
      ...outlook,
      client: { id: clientId, name: clientName },
      ...(email !== null && { email }),
      ...(askedAt !== null && { askedAt }),
      ...(psa !== null && { psa }),
      ...(hold !== undefined && { hold }),
    }
  })
}

function readRow(tx: Tx, contactId: string): Promise<Row | undefined> {
  return tx.row<Row>(sql`
    select p.id as contact_id, p.name, p.email, p.is_billing, c.id as client_id, c.name as client_name,
      (select e.asked_at from erasures e where e.tenant_id = p.tenant_id and e.contact_id = p.id and ${isOpenErasure}) as asked_at,
      p.role = 'owner' and not exists (
        select 1 from contacts o where o.tenant_id = p.tenant_id and o.client_id = p.client_id and o.id <> p.id and o.role = 'owner'
          and o.email is distinct from p.email and o.gone_at is null and o.removed_at is null) as is_last_owner,
      (select n.connector from external_refs r join connections n on n.tenant_id = r.tenant_id and n.id = r.connection_id and n.kind = 'psa' and n.state = 'connected'
        where r.tenant_id = p.tenant_id and r.kind = 'contact' and r.local_id = p.id and p.gone_at is null limit 1) as psa,
      (select count(*)::int from mandates d where d.tenant_id = p.tenant_id and d.given_by = 'contact' and d.given_by_id = p.id::text) as mandates,
      array(select k.name from contacts o join clients k on k.tenant_id = o.tenant_id and k.id = o.client_id
        where o.tenant_id = p.tenant_id and o.email = p.email and o.client_id <> p.client_id order by k.name) as elsewhere
    from contacts p join clients c on c.tenant_id = p.tenant_id and c.id = p.client_id
    where p.tenant_id = ${tx.tenantId} and p.id = ${contactId} and p.erased_at is null`)
}

/**
 * What still needs the address: erased before, a receipt or a notice that the law asks for would reach nobody, or bring
 * the address back.
 */
export async function holdOf(tx: Tx, person: { clientId: string; email: string }): Promise<ErasureHold | undefined> {
  const { clientId, email } = person
  const found = await tx.row<{ hold: ErasureHold | null }>(sql`
    select case
      when exists (select 1 from autopays where tenant_id = ${tx.tenantId} and client_id = ${clientId} and ended_at is null and lower(notice_email) = ${email})
        then 'autopay-on'
      when exists (select 1 from scheduled_payments where tenant_id = ${tx.tenantId} and client_id = ${clientId} and state = 'scheduled' and lower(receipt_email) = ${email})
        then 'payment-set'
      when exists (select 1 from attempts where tenant_id = ${tx.tenantId} and client_id = ${clientId} and lower(receipt_email) = ${email}
        and state in ('created', 'sent', 'requires_action', 'processing', 'unknown')) then 'payment-under-way'
      when exists (select 1 from messages where tenant_id = ${tx.tenantId} and client_id = ${clientId} and lower(to_email) = ${email}
        and state in ('waiting', 'sending')) then 'mail-on-its-way'
      end as hold`)
  return found?.hold ?? undefined
}
