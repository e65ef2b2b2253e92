import 'server-only'
import { randomBytes } from 'node:crypto'
import { now } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { hashToken } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { audit } from '@/lib/tenancy/audit'
import { actorName } from './actor'
import type { StaffActor } from './require-staff'

const count = 10
/** Without those that look alike on paper. */
const letters = 'abcdefghjkmnpqrstuvwxyz23456789'

/** Ten codes for whoever has lost the device, shown this once; none when the person has some already. */
export async function giveFirstRecoveryCodes(tx: Tx, actor: StaffActor): Promise<string[]> {
  return (await recoveryCodesLeft(tx, actor.staffId)) > 0 ? [] : write(tx, actor)
}

/** A new set; the earlier one is dead. */
export async function renewRecoveryCodes(actor: StaffActor): Promise<string[]> {
  return withTenant(actor.tenantId, async (tx) => {
    await tx.run(sql`
      update recovery_codes set replaced_at = ${now()}
      where tenant_id = ${tx.tenantId} and staff_id = ${actor.staffId} and used_at is null and replaced_at is null`)
    return write(tx, actor)
  })
}

export async function recoveryCodesLeft(tx: Tx, staffId: string): Promise<number> {
  const left = await tx.row<{ count: number }>(sql`
    select count(*)::int as count from recovery_codes
    where tenant_id = ${tx.tenantId} and staff_id = ${staffId} and used_at is null and replaced_at is null`)
  return left?.count ?? 0
}

/** Whether this is one of the person's codes. It is none after that. */
export async function takeRecoveryCode(tx: Tx, staffId: string, code: string): Promise<boolean> {
  const taken = await tx.run(sql`
    update recovery_codes set used_at = ${now()}
    where tenant_id = ${tx.tenantId} and code_hash = ${hashOf(staffId, code)} and staff_id = ${staffId} and used_at is null and replaced_at is null`)
  return taken > 0
}

async function write(tx: Tx, actor: StaffActor): Promise<string[]> {
  const codes = Array.from({ length: count }, newCode)
  const hashes = codes.map((code) => hashOf(actor.staffId, code).toString('hex'))
  await tx.run(sql`
    insert into recovery_codes (tenant_id, code_hash, staff_id, created_at)
    select ${tx.tenantId}::uuid, decode(hash, 'hex'), ${actor.staffId}::uuid, ${now()}::timestamptz from unnest(${hashes}::text[]) as made (hash)`)
  await audit(tx, actorName(actor), 'recovery_codes.made', { kind: 'staff', id: actor.staffId }, { count })
  return codes
}

/** `k7mq-…`: sixteen letters, 79 bits; a byte beyond the last whole round of letters is drawn again. */
function newCode(): string {
  const drawn: string[] = []
  while (drawn.length < 16) {
    const [byte = 255] = randomBytes(1)
    if (byte < 256 - (256 % letters.length)) drawn.push(letters[byte % letters.length] ?? '')
  }
  return (drawn.join('').match(/.{4}/g) ?? []).join('-')
}

function hashOf(staffId: string, code: string): Buffer {
  return hashToken(`${staffId}\n${code.toLowerCase().replaceAll(/[^a-z0-9]/g, '')}`)
}
