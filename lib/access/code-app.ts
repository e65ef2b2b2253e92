import 'server-only'
import { Secret, TOTP } from 'otpauth'
import { now } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { env } from '@/lib/base/env'
import { newId } from '@/lib/base/ids'
import { seal, unseal } from '@/lib/base/secrets'
import { sql } from '@/lib/base/sql'
import { audit } from '@/lib/tenancy/audit'
import { reseal } from '@/lib/tenancy/reseal'
import { actorName } from './actor'
import { giveFirstRecoveryCodes } from './recovery-codes'
import type { StaffActor } from './require-staff'

const periodMs = 30_000

/** A new secret for the app on the person's phone. It counts once the first digits were right. */
export async function beginCodeApp(actor: StaffActor): Promise<{ secret: string; uri: string }> {
  const secret = new Secret({ size: 20 })
  return withTenant(actor.tenantId, async (tx) => {
    const [id, who] = [newId(), await whoIs(tx, actor.staffId)]
    await tx.run(sql`
      insert into code_apps (tenant_id, id, staff_id, secret, created_at)
      values (${tx.tenantId}, ${id}, ${actor.staffId}, ${seal(secret.base32, placeOf(tx.tenantId, id))}, ${now()})`)
    const uri = new TOTP({ issuer: 'Closeloop', label: `${who.email} (${who.msp})`, secret }).toString()
    return { secret: secret.base32, uri }
  })
}

export type AddedFactor =
  /** `recoveryCodes`: shown this once, with the first factor; none with a further one. */
  { ok: true; recoveryCodes: string[] } | { ok: false; because: 'wrong' }

/** The first digits were typed: from now on the app is asked at sign-in. It takes the place of an earlier one. */
export async function confirmCodeApp(actor: StaffActor, code: string): Promise<AddedFactor> {
  return withTenant(actor.tenantId, async (tx): Promise<AddedFactor> => {
    const app = await tx.row<App>(sql`
      select id, secret, last_step from code_apps
      where tenant_id = ${tx.tenantId} and staff_id = ${actor.staffId} and confirmed_at is null and removed_at is null
      order by id desc limit 1 for update`)
    const step = app === undefined ? undefined : stepOf(tx, app, code)
    if (app === undefined || step === undefined) return { ok: false, because: 'wrong' }
    await tx.run(sql`
      update code_apps set removed_at = ${now()}
      where tenant_id = ${tx.tenantId} and staff_id = ${actor.staffId} and removed_at is null and id <> ${app.id}`)
    await tx.run(sql`
      update code_apps set confirmed_at = ${now()}, last_step = ${step} where tenant_id = ${tx.tenantId} and id = ${app.id}`)
    await audit(tx, actorName(actor), 'factor.added', { kind: 'staff', id: actor.staffId }, { factor: 'app' })
    return { ok: true, recoveryCodes: await giveFirstRecoveryCodes(tx, actor) }
  })
}

/** Whether these are the digits of the moment. Each period's are taken once. */
export async function takeAppCode(tx: Tx, staffId: string, code: string): Promise<boolean> {
  const app = await tx.row<App>(sql`
    select id, secret, last_step from code_apps
    where tenant_id = ${tx.tenantId} and staff_id = ${staffId} and confirmed_at is not null and removed_at is null for update`)
  const step = app === undefined ? undefined : stepOf(tx, app, code)
  if (app === undefined || step === undefined) return false
  await tx.run(sql`update code_apps set last_step = ${step} where tenant_id = ${tx.tenantId} and id = ${app.id}`)
  return true
}

/** Seals the apps' secrets anew with the current key. */
export function rotateCodeApps(keys = env().SECRET_KEYS): Promise<{ count: number; keyId: string }> {
  return reseal({ table: sql`code_apps`, key: sql`id`, column: sql`secret`, placeOf }, keys)
}

type App = { id: string; secret: string; lastStep: bigint }

/**
 * The period whose digits these are: the present one, or a neighbour for a phone whose clock is a little off. By the
 * machine's clock, not by the simulated world's: the phone knows no other.
 */
function stepOf(tx: Tx, app: App, code: string): bigint | undefined {
  if (!/^\d{6}$/.test(code)) return undefined
  const secret = Secret.fromBase32(unseal(app.secret, placeOf(tx.tenantId, app.id)))
  const timestamp = Date.now()
  const delta = TOTP.validate({ token: code, secret, timestamp, window: 1 })
  const step = delta === null ? undefined : BigInt(Math.floor(timestamp / periodMs) + delta)
  return step !== undefined && step > app.lastStep ? step : undefined
}

async function whoIs(tx: Tx, staffId: string): Promise<{ email: string; msp: string }> {
  const found = await tx.row<{ email: string; msp: string }>(sql`
    select s.email, t.name as msp from staff s join tenants t on t.id = s.tenant_id
    where s.tenant_id = ${tx.tenantId} and s.id = ${staffId}`)
  return found ?? { email: '', msp: '' }
}

function placeOf(tenantId: string, id: string): string {
  return `${tenantId}:code-app:${id}`
}
