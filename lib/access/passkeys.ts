import 'server-only'
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { now } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { isId, newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { audit } from '@/lib/tenancy/audit'
import { actorName } from './actor'
import { type ChallengeFor, giveChallenge, takeChallenge } from './passkey-challenge'
import type { Audience } from './session'
import { type Person, personIdOf } from './sessions'

/** The site a passkey is for, as its browser knows it: `example.com` at `https://example.com`. */
export type Site = { id: string; origin: string; name: string }

/** Ed25519, ES256 and RS256: what devices have. What is newer is an experiment in Node. */
const algorithms = [-8, -7, -257]

export type PasskeyRow = { id: string; name: string; createdAt: Date; lastUsedAt: Date | null }

/** A person's passkeys, the newest last. */
export async function listPasskeys(actor: Person): Promise<PasskeyRow[]> {
  return withTenant(actor.tenantId, (tx) =>
    tx.rows<PasskeyRow>(sql`
      select id, name, created_at, last_used_at from passkeys
      where tenant_id = ${tx.tenantId} and audience = ${actor.kind} and person_id = ${personIdOf(actor)} and removed_at is null order by id`),
  )
}

/** What the browser needs to make a passkey. */
export async function beginPasskey(
  actor: Person,
  site: Site,
  person: { name: string; email: string },
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const { challenge, known } = await withTenant(actor.tenantId, async (tx) => ({
    challenge: await giveChallenge(tx, { purpose: 'enrol', sessionId: actor.sessionId ?? '' }),
    known: await credentialsOf(tx, actor),
  }))
  return generateRegistrationOptions({
    rpName: site.name,
    rpID: site.id,
    userName: person.email,
    userDisplayName: person.name,
    userID: new Uint8Array(Buffer.from(personIdOf(actor).replaceAll('-', ''), 'hex')),
    challenge: new Uint8Array(Buffer.from(challenge, 'base64url')),
    excludeCredentials: known,
    supportedAlgorithmIDs: algorithms,
    // A client's says by itself whose it is; one of staff comes after the mailed link.
    authenticatorSelection: {
      residentKey: actor.kind === 'contact' ? 'required' : 'preferred',
      userVerification: 'required',
    },
  })
}

/** Keeps the passkey that the browser made, once its signature is seen to be over what we asked. @returns whether it was */
export async function keepPasskey(
  tx: Tx,
  actor: Person,
  site: Site,
  made: { response: RegistrationResponseJSON; name: string },
): Promise<boolean> {
  const of: ChallengeFor = { purpose: 'enrol', sessionId: actor.sessionId ?? '' }
  const checked = await verifyRegistrationResponse({
    response: made.response,
    expectedChallenge: (challenge) => takeChallenge(tx, of, challenge),
    expectedOrigin: site.origin,
    expectedRPID: site.id,
    requireUserVerification: true,
    supportedAlgorithmIDs: algorithms,
  }).catch(() => undefined)
  if (!checked?.verified) return false
  const { id: credentialId, publicKey, counter, transports = [] } = checked.registrationInfo.credential
  const kept = await tx.run(sql`
    insert into passkeys (tenant_id, id, audience, person_id, name, credential_id, public_key, counter, transports, created_at)
    values (${tx.tenantId}, ${newId()}, ${actor.kind}, ${personIdOf(actor)}, ${made.name.trim().slice(0, 60) || 'Passkey'}, ${credentialId},
      ${Buffer.from(publicKey)}, ${BigInt(counter)}, ${transports}::text[], ${now()})
    on conflict do nothing`)
  if (kept === 0) return false
  const subject = { kind: actor.kind, id: personIdOf(actor) }
  await audit(tx, actorName(actor), 'factor.added', subject, { factor: 'passkey' })
  return true
}

/** What the browser needs to sign with one of the person's passkeys. */
export async function beginPasskeyProof(actor: Person, site: Site): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const { challenge, known } = await withTenant(actor.tenantId, async (tx) => ({
    challenge: await giveChallenge(tx, { purpose: 'prove', sessionId: actor.sessionId ?? '' }),
    known: await credentialsOf(tx, actor),
  }))
  return requestFor(site, challenge, known)
}

/** The same before anybody is signed in: the person chooses a passkey, and with it says who they are. */
export async function beginPasskeySignIn(tenantId: string, site: Site): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const challenge = await withTenant(tenantId, (tx) => giveChallenge(tx, { purpose: 'sign-in' }))
  return requestFor(site, challenge, [])
}

/** Whose passkey signed what we asked for, on this site; undefined when none of ours did. */
export async function checkPasskey(
  tx: Tx,
  audience: Audience,
  site: Site,
  of: ChallengeFor,
  response: AuthenticationResponseJSON,
): Promise<string | undefined> {
  const found = await tx.row<{
    id: string
    personId: string
    credentialId: string
    publicKey: Buffer
    counter: bigint
  }>(sql`
    select id, person_id, credential_id, public_key, counter from passkeys
    where tenant_id = ${tx.tenantId} and audience = ${audience} and credential_id = ${response.id} and removed_at is null for update`)
  if (found === undefined) return undefined
  const checked = await verifyAuthenticationResponse({
    response,
    expectedChallenge: (challenge) => takeChallenge(tx, of, challenge),
    expectedOrigin: site.origin,
    expectedRPID: site.id,
    requireUserVerification: true,
    credential: {
      id: found.credentialId,
      publicKey: new Uint8Array(found.publicKey),
      // A counter that runs backwards says that the key was copied: the check refuses it.
      counter: Number(found.counter),
    },
  }).catch(() => undefined)
  if (!checked?.verified) return undefined
  const counter = BigInt(checked.authenticationInfo.newCounter)
  await tx.run(sql`
    update passkeys set counter = ${counter}, last_used_at = ${now()} where tenant_id = ${tx.tenantId} and id = ${found.id}`)
  return found.personId
}

/** @returns whether there was one of the person's own to remove */
export async function removePasskey(tx: Tx, actor: Person, passkeyId: string): Promise<boolean> {
  if (!isId(passkeyId)) return false
  const removed = await tx.run(sql`
    update passkeys set removed_at = ${now()}
    where tenant_id = ${tx.tenantId} and id = ${passkeyId} and audience = ${actor.kind} and person_id = ${personIdOf(actor)} and removed_at is null`)
  const subject = { kind: actor.kind, id: personIdOf(actor) }
  if (removed > 0) await audit(tx, actorName(actor), 'factor.removed', subject, { factor: 'passkey' })
  return removed > 0
}

type Known = { id: string; transports: string[] }

function requestFor(site: Site, challenge: string, known: Known[]) {
  return generateAuthenticationOptions({
    rpID: site.id,
    challenge: new Uint8Array(Buffer.from(challenge, 'base64url')),
    userVerification: 'required',
    ...(known.length === 0 ? {} : { allowCredentials: known }),
  })
}

function credentialsOf(tx: Tx, actor: Person): Promise<Known[]> {
  return tx.rows<Known>(sql`
    select credential_id as id, transports from passkeys
    where tenant_id = ${tx.tenantId} and audience = ${actor.kind} and person_id = ${personIdOf(actor)} and removed_at is null`)
}
