import 'server-only'
import { acrossTenants } from '@/lib/base/db'
import { json, sql } from '@/lib/base/sql'

/** The few questions that are asked before it is known which tenant asks, and the few chores that walk all of them. */

const idsBySlug = new Map<string, string>()

/** A slug never changes hands, so a found one is remembered; an unknown one is asked for again. */
export async function findTenantBySlug(slug: string): Promise<string | undefined> {
  const known = idsBySlug.get(slug)
  if (known !== undefined) return known
  const row = await acrossTenants((tx) => tx.row<{ id: string }>(sql`select id from tenants where slug = ${slug}`))
  if (row !== undefined && idsBySlug.size < 10_000) idsBySlug.set(slug, row.id)
  return row?.id
}

/** Whose verified host this is. */
export async function findTenantOfHost(host: string): Promise<{ tenantId: string; slug: string } | undefined> {
  return acrossTenants((tx) =>
    tx.row<{ tenantId: string; slug: string }>(sql`
      select t.id as tenant_id, t.slug from custom_hosts h join tenants t on t.id = h.tenant_id
      where h.host = ${host} and h.state = 'verified'`),
  )
}

export async function allTenantIds(): Promise<string[]> {
  const rows = await acrossTenants((tx) => tx.rows<{ id: string }>(sql`select id from tenants order by id`))
  return rows.map(({ id }) => id)
}

/** Whose live connection this is, for webhooks that name nothing else. */
export async function findTenantOfConnection(connectionId: string): Promise<string | undefined> {
  const row = await acrossTenants((tx) =>
    tx.row<{ tenantId: string }>(
      sql`select tenant_id from connections where id = ${connectionId} and state <> 'disconnected'`,
    ),
  )
  return row?.tenantId
}

/** Whose account at a vendor this is. */
export async function findTenantOfAccount(connector: string, account: string): Promise<string | undefined> {
  const row = await acrossTenants((tx) =>
    tx.row<{ tenantId: string }>(sql`
      select tenant_id from connections where connector = ${connector} and account = ${account} and state <> 'disconnected'`),
  )
  return row?.tenantId
}

/** The MSPs at which somebody with this address may sign in. */
export async function findStaffByEmail(email: string): Promise<{ tenantId: string; staffId: string }[]> {
  return acrossTenants((tx) =>
    tx.rows(
      sql`select tenant_id, id as staff_id from staff where email = ${email.toLowerCase()} and disabled_at is null order by tenant_id`,
    ),
  )
}

/** The same for somebody whom a directory calls `subject`. */
export async function findStaffByIdentity(
  issuer: string,
  subject: string,
): Promise<{ tenantId: string; staffId: string }[]> {
  return acrossTenants((tx) =>
    tx.rows(sql`
      select i.tenant_id, i.staff_id from staff_identities i join staff s on s.tenant_id = i.tenant_id and s.id = i.staff_id
      where i.issuer = ${issuer} and i.subject = ${subject} and i.removed_at is null and s.disabled_at is null order by i.tenant_id`),
  )
}

/** A new MSP with its first owner. @returns their ids */
export async function createTenant(tenant: {
  slug: string
  name: string
  legalName: string
  timeZone: string
  locale: string
  currency: string
  brand: object
  settings: object
  owner: { email: string; name: string }
}): Promise<{ tenantId: string; staffId: string }> {
  return acrossTenants(async (tx) => {
    const made = await tx.row<{ tenantId: string; staffId: string }>(sql`
      with made as (
        insert into tenants (slug, name, legal_name, time_zone, locale, currency, brand, settings)
        values (${tenant.slug}, ${tenant.name}, ${tenant.legalName}, ${tenant.timeZone}, ${tenant.locale}, ${tenant.currency}, ${json(tenant.brand)}, ${json(tenant.settings)})
        returning id)
      insert into staff (tenant_id, email, name, role) select id, ${tenant.owner.email.toLowerCase()}, ${tenant.owner.name}, 'owner' from made
      returning tenant_id, id as staff_id`)
    if (made === undefined) throw new Error('a tenant was not created')
    return made
  })
}

/** Keeps a piece of news whose sender belongs to no tenant we know. */
export async function keepStrayEvent(source: string, externalId: string, payload: unknown): Promise<void> {
  await acrossTenants((tx) =>
    tx.run(sql`
      insert into stray_events (source, external_id, payload) values (${source}, ${externalId}, ${json(payload)}) on conflict do nothing`),
  )
}
