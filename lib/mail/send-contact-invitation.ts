import 'server-only'
import { contactMayEnter } from '@/lib/access/contact-may-enter'
import { withTenant } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { getTenant } from '@/lib/tenancy/queries'
import { tenantAddress } from '@/lib/tenancy/tenant-address'
import { localeOf } from '@/messages/words'
import { isAddress } from './message'
import { queueMessage } from './queue-message'
import { contactInvitation } from './templates/contact-invitation'

type Invited = { contactId: string; by: string; invitationId: string }
type Facts = { email: string; byName: string; company: string; clientId: string; locale: string }

/** Mails a client's new colleague where to sign in, in the client's language or the one they asked for before, unless they were taken out meanwhile. */
export async function sendContactInvitation(tenantId: string, { contactId, by, invitationId }: Invited): Promise<void> {
  const { tenant, address, who } = await withTenant(tenantId, async (tx) => ({
    tenant: await getTenant(tx),
    address: await tenantAddress(tx),
    who: await tx.row<Facts>(sql`
      select p.email, b.name as by_name, k.name as company, k.id as client_id, coalesce(p.locale, k.locale) as locale
      from contacts p
      join contacts b on b.tenant_id = p.tenant_id and b.id = ${by}
      join clients k on k.tenant_id = p.tenant_id and k.id = p.client_id
      where p.tenant_id = ${tx.tenantId} and p.id = ${contactId} and ${contactMayEnter}`),
  }))
  if (who === undefined || !isAddress(who.email)) return
  const locale = localeOf(who.locale, tenant.locale)
  const { email: to, clientId, ...facts } = who
  const rendered = await contactInvitation({ ...facts, email: to, sender: tenant, locale, url: `${address}/sign-in` })
  await withTenant(tenantId, (tx) =>
    queueMessage(tx, {
      ...{ key: `portal-invitation:${invitationId}`, kind: 'portal_invitation', to, locale, clientId },
      ...rendered,
    }),
  )
}
