import 'server-only'
import { actorName } from '@/lib/access/actor'
import type { ContactActor } from '@/lib/access/require-contact'
import { now } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { raise, settle } from '@/lib/events/exception'
import { audit } from '@/lib/tenancy/audit'
import { isOpenErasure } from './open-erasure'

/** Since when this person waits to be erased; none while they have not asked. */
export async function readOwnRequest(actor: ContactActor): Promise<Date | undefined> {
  const row = await withTenant(actor.tenantId, (tx) =>
    tx.row<{ askedAt: Date }>(sql`
      select asked_at from erasures
      where tenant_id = ${tx.tenantId} and contact_id = ${actor.contactId} and ${isOpenErasure}`),
  )
  return row?.askedAt
}

/** Why the last they asked for was not done, and when that was decided; none while nothing of theirs was declined since. */
export async function readOwnRefusal(actor: ContactActor): Promise<{ at: Date; because: string } | undefined> {
  const last = await withTenant(actor.tenantId, (tx) =>
    tx.row<{ at: Date | null; because: string | null }>(sql`
      select declined_at as at, declined_because as because from erasures
      where tenant_id = ${tx.tenantId} and contact_id = ${actor.contactId} order by asked_at desc, id desc limit 1`),
  )
  return last?.at && last.because ? { at: last.at, because: last.because } : undefined
}

/** They want what names them erased. It is put before the MSP's staff; asked for twice, it is one wish. */
export async function askErasure(actor: ContactActor): Promise<void> {
  await withTenant(actor.tenantId, async (tx) => {
    const asked = await tx.run(sql`
      insert into erasures (tenant_id, id, contact_id, asked_by, asked_at)
      values (${tx.tenantId}, ${newId()}, ${actor.contactId}, 'contact', ${now()})
      on conflict (tenant_id, contact_id) where ${isOpenErasure} do nothing`)
    if (asked === 0) return
    await audit(tx, actorName(actor), 'erasure.asked', { kind: 'contact', id: actor.contactId })
    // Nobody is named here: the words stay on record when the name is gone.
    await raise(tx, {
      cause: 'erasure-asked',
      subject: { kind: 'contact', id: actor.contactId },
      clientId: actor.clientId,
      detail: 'Somebody at this client asks for their name and address to be erased.',
      nextStep: 'Look at what it changes, and have an owner carry it out. The law gives you 30 days.',
    })
  })
}

/** They change their mind, before it was done. */
export async function withdrawErasure(actor: ContactActor): Promise<void> {
  await withTenant(actor.tenantId, async (tx) => {
    const taken = await tx.run(sql`
      update erasures set withdrawn_at = ${now()}
      where tenant_id = ${tx.tenantId} and contact_id = ${actor.contactId} and ${isOpenErasure}`)
    if (taken === 0) return
    await audit(tx, actorName(actor), 'erasure.withdrawn', { kind: 'contact', id: actor.contactId })
    await settle(tx, 'erasure-asked', actor.contactId)
  })
}
