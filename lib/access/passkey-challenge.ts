import 'server-only'
import { now } from '@/lib/base/clock'
import type { Tx } from '@/lib/base/db'
import { hashToken, newToken } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'

/** `sign-in` is asked before anybody is signed in, the others within a session. */
export type ChallengeFor = { purpose: 'enrol' | 'prove'; sessionId: string } | { purpose: 'sign-in' }

const lifeMs = 5 * 60_000

/** What the passkey is to sign, as base64url. */
export async function giveChallenge(tx: Tx, of: ChallengeFor): Promise<string> {
  const challenge = newToken()
  await tx.run(sql`
    insert into passkey_challenges (tenant_id, challenge_hash, purpose, session_id, expires_at)
    values (${tx.tenantId}, ${hashToken(challenge)}, ${of.purpose}, ${sessionOf(of)}, ${new Date(now().getTime() + lifeMs)})`)
  return challenge
}

/** Whether we asked for this to be signed, here and for this purpose. Once. */
export async function takeChallenge(tx: Tx, of: ChallengeFor, challenge: string): Promise<boolean> {
  const taken = await tx.run(sql`
    update passkey_challenges set used_at = ${now()}
    where tenant_id = ${tx.tenantId} and challenge_hash = ${hashToken(challenge)} and purpose = ${of.purpose}
      and session_id is not distinct from ${sessionOf(of)}::uuid and used_at is null and expires_at > ${now()}`)
  return taken > 0
}

function sessionOf(of: ChallengeFor): string | null {
  return of.purpose === 'sign-in' ? null : of.sessionId
}
