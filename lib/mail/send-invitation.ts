import 'server-only'
import { withTenant } from '@/lib/base/db'
import { env } from '@/lib/base/env'
import { sql } from '@/lib/base/sql'
import { getTenant } from '@/lib/tenancy/queries'
import { localeOf } from '@/messages/words'
import { isAddress } from './message'
import { queueMessage } from './queue-message'
import { invitation } from './templates/invitation'

type Invited = { staffId: string; by: string; invitationId: string }

/** Mails a new colleague where to sign in, unless they were removed meanwhile. */
export async function sendInvitation(tenantId: string, { staffId, by, invitationId }: Invited): Promise<void> {
  const { tenant, who } = await withTenant(tenantId, async (tx) => ({
    tenant: await getTenant(tx),
    who: await tx.row<{ email: string; byName: string }>(sql`
      select s.email, b.name as by_name from staff s join staff b on b.tenant_id = s.tenant_id and b.id = ${by}
      where s.tenant_id = ${tx.tenantId} and s.id = ${staffId} and s.disabled_at is null`),
  }))
  if (who === undefined || !isAddress(who.email)) return
  const locale = localeOf(tenant.locale)
  const url = `${env().PUBLIC_URL}/console/sign-in`
  const rendered = await invitation({ sender: tenant, locale, url, ...who })
  await withTenant(tenantId, (tx) =>
    queueMessage(tx, { key: `invitation:${invitationId}`, kind: 'staff_notice', to: who.email, locale, ...rendered }),
  )
}
