import 'server-only'
import type { RegistrationResponseJSON } from '@simplewebauthn/server'
import { now } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { audit } from '@/lib/tenancy/audit'
import { actorName } from './actor'
import type { AddedFactor } from './code-app'
import { keepPasskey, removePasskey, type Site } from './passkeys'
import { giveFirstRecoveryCodes, recoveryCodesLeft } from './recovery-codes'
import type { StaffActor } from './require-staff'

export type Factors = {
  passkeys: number
  hasApp: boolean
  recoveryCodesLeft: number
  /** Whether the MSP wants a second factor of everybody who works there. */
  isRequired: boolean
}

export async function factorsOf(actor: StaffActor): Promise<Factors> {
  return withTenant(actor.tenantId, (tx) => read(tx, actor.staffId))
}

/** The browser made a passkey: from now on it is asked at sign-in. */
export async function addPasskey(
  actor: StaffActor,
  site: Site,
  made: { response: RegistrationResponseJSON; name: string },
): Promise<AddedFactor> {
  return withTenant(actor.tenantId, async (tx): Promise<AddedFactor> => {
    if (!(await keepPasskey(tx, actor, site, made))) return { ok: false, because: 'wrong' }
    return { ok: true, recoveryCodes: await giveFirstRecoveryCodes(tx, actor) }
  })
}

export type Removed = { ok: true } | { ok: false; because: 'unknown' | 'last' }

/** Takes a factor away: the app, or one passkey. The last one stays where the MSP wants one of everybody. */
export async function removeFactor(actor: StaffActor, which: 'app' | { passkeyId: string }): Promise<Removed> {
  return withTenant(actor.tenantId, async (tx): Promise<Removed> => {
    await tx.run(sql`select from staff where tenant_id = ${tx.tenantId} and id = ${actor.staffId} for update`)
    const before = await read(tx, actor.staffId)
    if (before.isRequired && before.passkeys + Number(before.hasApp) === 1) return { ok: false, because: 'last' }
    const removed = which === 'app' ? await removeApp(tx, actor) : await removePasskey(tx, actor, which.passkeyId)
    return removed ? { ok: true } : { ok: false, because: 'unknown' }
  })
}

async function removeApp(tx: Tx, actor: StaffActor): Promise<boolean> {
  const removed = await tx.run(sql`
    update code_apps set removed_at = ${now()}
    where tenant_id = ${tx.tenantId} and staff_id = ${actor.staffId} and confirmed_at is not null and removed_at is null`)
  if (removed > 0)
    await audit(tx, actorName(actor), 'factor.removed', { kind: 'staff', id: actor.staffId }, { factor: 'app' })
  return removed > 0
}

async function read(tx: Tx, staffId: string): Promise<Factors> {
  const found = await tx.row<Omit<Factors, 'recoveryCodesLeft'>>(sql`
    select
      (select count(*)::int from passkeys where tenant_id = ${tx.tenantId} and audience = 'staff' and person_id = ${staffId} and removed_at is null) as passkeys,
      exists (select from code_apps where tenant_id = ${tx.tenantId} and staff_id = ${staffId} and confirmed_at is not null and removed_at is null) as has_app,
      coalesce((select (settings ->> 'requireSecondFactor')::boolean from tenants where id = ${tx.tenantId}), false) as is_required`)
  return {
    ...(found ?? { passkeys: 0, hasApp: false, isRequired: false }),
    recoveryCodesLeft: await recoveryCodesLeft(tx, staffId),
  }
}
