import 'server-only'
import { contactMayEnter } from '@/lib/access/contact-may-enter'
import { type Tx, withTenant } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import type { NewsOf } from '@/lib/events/news'
import { getTenant } from '@/lib/tenancy/queries'
import { tenantAddress } from '@/lib/tenancy/tenant-address'
import { localeOf, wordsIn } from '@/messages/words'
import { isAddress } from './message'
import { queueMessage } from './queue-message'
import { roleChanged } from './templates/role-changed'

type Facts = { email: string; name: string; company: string; clientId: string; locale: string }

/**
 * Tells somebody at a client, in their own language, that what they may do there has changed. Not where it changed again
 * meanwhile: the later news says how it is now. Whoever was taken out hears nothing of a role they no longer have.
 */
export async function sendRoleChanged(tenantId: string, news: NewsOf<'contact.role_changed'>): Promise<void> {
  const { contactId, role, before, by, changeId } = news
  await withTenant(tenantId, async (tx) => {
    const who = await tx.row<Facts>(sql`
      select p.email, p.name, k.name as company, k.id as client_id, coalesce(p.locale, k.locale) as locale
      from contacts p join clients k on k.tenant_id = p.tenant_id and k.id = p.client_id
      where p.tenant_id = ${tx.tenantId} and p.id = ${contactId} and p.role = ${role} and p.email is not null and ${contactMayEnter}`)
    const person = await nameOf(tx, by)
    if (who === undefined || person === undefined || !isAddress(who.email)) return
    const tenant = await getTenant(tx)
    const locale = localeOf(who.locale, tenant.locale)
    const { email: to, clientId, company } = who
    const mail = await roleChanged({
      ...{ sender: tenant, locale, recipient: who.name, company, role },
      ...(before === undefined ? {} : { before }),
      byName: by.kind === 'staff' ? wordsIn(locale)('mail.roleChanged.byStaff', { person, name: tenant.name }) : person,
      url: `${await tenantAddress(tx)}/sign-in`,
    })
    await queueMessage(tx, { key: `role-changed:${changeId}`, kind: 'role_changed', to, locale, clientId, ...mail })
  })
}

/** Who changed it, by the name they have now. */
async function nameOf(tx: Tx, by: { kind: 'contact' | 'staff'; id: string }): Promise<string | undefined> {
  const people = by.kind === 'staff' ? sql`staff` : sql`contacts`
  const row = await tx.row<{ name: string }>(
    sql`select name from ${people} where tenant_id = ${tx.tenantId} and id = ${by.id}`,
  )
  return row?.name
}
