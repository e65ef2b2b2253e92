import 'server-only'
import { actorName } from '@/lib/access/actor'
import type { StaffActor } from '@/lib/access/require-staff'
import { now } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { isId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { settle } from '@/lib/events/exception'
import { isAddress } from '@/lib/mail/message'
import { queueMessage } from '@/lib/mail/queue-message'
import { erasureAnswer } from '@/lib/mail/templates/erasure-answer'
import { audit } from '@/lib/tenancy/audit'
import { getTenant } from '@/lib/tenancy/queries'
import { tenantAddress } from '@/lib/tenancy/tenant-address'
import { localeOf } from '@/messages/words'
import { isOpenErasure } from './open-erasure'

export type Declined = { ok: true } | { ok: false; because: 'not-owner' | 'unknown' | 'no-reason' }

/** In characters. */
const reasonMax = 1_000

/**
 * Leaves somebody's request undone, for a reason in words: they are mailed it and read it in the portal, where they may
 * ask again. The words are theirs to know alone, so the trail does not hold them.
 */
export async function declineErasure(actor: StaffActor, contactId: string, reason: string): Promise<Declined> {
  if (actor.role !== 'owner') return { ok: false, because: 'not-owner' }
  const because = reason.trim()
  if (because === '' || because.length > reasonMax) return { ok: false, because: 'no-reason' }
  return withTenant(actor.tenantId, async (tx): Promise<Declined> => {
    const declined = isId(contactId)
      ? await tx.row<{ id: string }>(sql`
          update erasures set declined_at = ${now()}, declined_by = ${actor.staffId}, declined_because = ${because}
          where tenant_id = ${tx.tenantId} and contact_id = ${contactId} and ${isOpenErasure} returning id`)
      : undefined
    if (declined === undefined) return { ok: false, because: 'unknown' }
    await audit(tx, actorName(actor), 'erasure.declined', { kind: 'contact', id: contactId })
    await settle(tx, 'erasure-asked', contactId, actor.staffId)
    await tell(tx, contactId, declined.id, because)
    return { ok: true }
  })
}

async function tell(tx: Tx, contactId: string, erasureId: string, because: string): Promise<void> {
  const who = await tx.row<{ name: string; email: string | null; clientId: string; locale: string }>(sql`
    select p.name, p.email, p.client_id, coalesce(p.locale, c.locale) as locale
    from contacts p join clients c on c.tenant_id = p.tenant_id and c.id = p.client_id
    where p.tenant_id = ${tx.tenantId} and p.id = ${contactId}`)
  if (who === undefined || who.email === null || !isAddress(who.email)) return
  const sender = await getTenant(tx)
  const locale = localeOf(who.locale, sender.locale)
  const url = `${await tenantAddress(tx)}/personal-data`
  await queueMessage(tx, {
    ...{
      key: `erasure-declined:${erasureId}`,
      kind: 'erasure_declined',
      to: who.email,
      locale,
      clientId: who.clientId,
    },
    ...(await erasureAnswer({ sender, locale, name: who.name, declined: { because, url } })),
  })
}
