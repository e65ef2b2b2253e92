import 'server-only'
import { todayIn } from '@/lib/base/clock'
import type { Tx } from '@/lib/base/db'
import { env } from '@/lib/base/env'
import { sql } from '@/lib/base/sql'
import { billingContact } from '@/lib/billing/queries'
import { queueMessage } from '@/lib/mail/queue-message'
import { padSaved } from '@/lib/mail/templates/pad-saved'
import { getTenant } from '@/lib/tenancy/queries'
import { localeOf } from '@/messages/words'

/**
 * An agreement to pre-authorized debits is confirmed in writing at once (Payments Canada, Rule H1): to whoever gave it,
 * and to the billing contact where that is somebody else.
 */
export async function tellPadSaved(tx: Tx, setupId: string): Promise<void> {
  const given = await tx.row<{
    clientId: string
    locale: string
    text: string
    label: string
    email: string | null
  }>(sql`
    select u.client_id, u.language as locale, u.text, coalesce(u.label, '') as label, p.email
    from setups u left join contacts p on p.tenant_id = u.tenant_id and u.given_by = 'contact' and p.id::text = u.given_by_id
    where u.tenant_id = ${tx.tenantId} and u.id = ${setupId} and u.state = 'saved'`)
  if (given === undefined) return
  const { clientId, text, label, email } = given
  const [tenant, contact] = [await getTenant(tx), await billingContact(tx, clientId)]
  const locale = localeOf(given.locale, tenant.locale)
  const readers = new Set([email ?? undefined, contact?.email].filter((to) => to !== undefined))
  for (const to of readers) {
    const mail = await padSaved({
      ...{ sender: tenant, locale, today: todayIn(tenant.timeZone), methodLabel: label, consent: text },
      ...(contact?.email === to ? { recipient: contact.name } : {}),
      url: `${env().PUBLIC_URL}/m/${tenant.slug}/methods`,
    })
    await queueMessage(tx, { key: `pad:${setupId}:${to}`, kind: 'pad_saved', to, locale, clientId, ...mail })
  }
}
