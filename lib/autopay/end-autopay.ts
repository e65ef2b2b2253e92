import 'server-only'
import { type Actor, actorName, mayPay } from '@/lib/access/actor'
import { now } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { Fault } from '@/lib/base/fault'
import { isId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { audit } from '@/lib/tenancy/audit'

/**
 * Withdraws a standing consent: nothing more is set by it, and what it set and has not run is given up. Pressed twice it
 * has ended once.
 * @throws Fault not-found, also for what is not the actor's to end
 */
export async function endAutopay(actor: Actor, autopayId: string): Promise<void> {
  await withTenant(actor.tenantId, async (tx) => {
    const row = isId(autopayId)
      ? await tx.row<{ clientId: string; endedAt: Date | null }>(sql`
          select client_id, ended_at from autopays where tenant_id = ${tx.tenantId} and id = ${autopayId} for update`)
      : undefined
    if (row === undefined || actor.kind !== 'contact' || actor.clientId !== row.clientId || !mayPay(actor))
      throw new Fault('not-found', 'No such consent')
    if (row.endedAt !== null) return
    const { kind, id = '' } = actorName(actor)
    await endLive(tx, autopayId, `${kind}:${id}`)
    await audit(tx, actorName(actor), 'autopay.ended', { kind: 'autopay', id: autopayId })
  })
}

/** Ends one in force, with its consent, those that were given under it for single agreements, and the payments it has set. */
export async function endLive(tx: Tx, autopayId: string, by: string): Promise<void> {
  const at = now()
  await tx.run(sql`
    update autopays set ended_at = ${at}, ended_by = ${by}
    where tenant_id = ${tx.tenantId} and id = ${autopayId} and ended_at is null`)
  await tx.run(sql`
    update mandates set revoked_at = ${at}, revoked_by = ${by}
    where tenant_id = ${tx.tenantId} and revoked_at is null
      and id in (select mandate_id from autopays where tenant_id = ${tx.tenantId} and id = ${autopayId}
        union all select mandate_id from agreement_methods where tenant_id = ${tx.tenantId} and autopay_id = ${autopayId})`)
  await tx.run(sql`
    update agreement_methods set autopay_id = null, mandate_id = null
    where tenant_id = ${tx.tenantId} and autopay_id = ${autopayId}`)
  await tx.run(sql`
    update scheduled_payments set state = 'canceled', ended_reason = 'autopay_ended', state_at = ${at}
    where tenant_id = ${tx.tenantId} and autopay_id = ${autopayId} and state = 'scheduled'`)
}
