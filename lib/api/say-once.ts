import 'server-only'
import { now } from '@/lib/base/clock'
import type { Tx } from '@/lib/base/db'
import { env } from '@/lib/base/env'
import { seal, unseal } from '@/lib/base/secrets'
import { sql } from '@/lib/base/sql'
import { reseal } from '@/lib/tenancy/reseal'
import { ApiError } from './api-error'

const keptMs = 24 * 3_600_000

export type Said = { status: number; body: string; isReplay: boolean }

/**
 * Does something under an idempotency key: the same request again within 24 hours gets the same answer, and nothing is
 * done twice. What was done and what was answered commit in one transaction, so that a process that dies has done
 * neither. A refusal leaves nothing behind: the key may be used again.
 * @param requestHash of method, address and body
 * @throws ApiError when the key was used for something else, or is in use at this moment
 */
export async function sayOnce(
  tx: Tx,
  key: string,
  requestHash: string,
  act: () => Promise<{ status: number; body: string }>,
): Promise<Said> {
  const turn = await tx.row<{ isOurs: boolean }>(sql`
    select pg_try_advisory_xact_lock(hashtextextended(${`api-answer:${tx.tenantId}:${key}`}, 0)) as is_ours`)
  if (turn?.isOurs !== true)
    throw new ApiError(
      409,
      'idempotency_error',
      'idempotency_key_in_use',
      'A request with this Idempotency-Key is being worked at this moment. Ask again shortly.',
      { headers: { 'retry-after': '1' } },
    )
  const at = now()
  const known = await tx.row<{ requestHash: string; status: number; body: string }>(sql`
    select request_hash, status, body from api_answers
    where tenant_id = ${tx.tenantId} and idempotency_key = ${key} and created_at > ${new Date(at.getTime() - keptMs)}`)
  if (known !== undefined) {
    if (known.requestHash !== requestHash)
      throw new ApiError(
        422,
        'idempotency_error',
        'idempotency_key_reused',
        'This Idempotency-Key was used within 24 hours for another request. Use a new key for a new request.',
      )
    return { status: known.status, body: unseal(known.body, placeOf(tx.tenantId, key)), isReplay: true }
  }
  const { status, body } = await act()
  await tx.run(sql`
    insert into api_answers (tenant_id, idempotency_key, request_hash, status, body, created_at)
    values (${tx.tenantId}, ${key}, ${requestHash}, ${status}, ${seal(body, placeOf(tx.tenantId, key))}, ${at})
    on conflict (tenant_id, idempotency_key) do update
      set request_hash = excluded.request_hash, status = excluded.status, body = excluded.body, created_at = excluded.created_at`)
  return { status, body, isReplay: false }
}

/** Forgets answers that are no longer given again. @returns how many */
export function forgetAnswers(tx: Tx): Promise<number> {
  return tx.run(sql`
    delete from api_answers
    where tenant_id = ${tx.tenantId} and created_at <= ${new Date(now().getTime() - keptMs)}`)
}

/** Seals the answers that are kept anew with the current key. */
export function rotateAnswers(keys = env().SECRET_KEYS): Promise<{ count: number; keyId: string }> {
  return reseal({ table: sql`api_answers`, key: sql`idempotency_key`, column: sql`body`, placeOf }, keys)
}

function placeOf(tenantId: string, key: string): string {
  return `${tenantId}:api-answer:${key}`
}
