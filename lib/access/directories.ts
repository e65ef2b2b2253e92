import 'server-only'
import * as oidc from 'openid-client'
import { z } from 'zod'
import { type Env, env } from '@/lib/base/env'
import { log } from '@/lib/base/log'
import { seal, unseal } from '@/lib/base/secrets'

export type Directory = Env['OIDC_PROVIDERS'][number]

/** Who came back, in the directory's own words. */
export type Proven = {
  issuer: string
  /** What the directory calls them, for ever. */
  subject: string
  /** Lower case; absent when it gives none. */
  email?: string
  /** Whether the address is surely theirs: only then does it say who they are here. */
  isEmailProven: boolean
}

/** Why a browser was sent there: to sign in, or, signed in, to add that account to one's own. */
export type Purpose = 'enter' | 'add'

/** `declined`: they pressed Cancel there. `refused`: what came back does not hold together, or is not of this browser. */
export type Back =
  | { ok: true; purpose: Purpose; proven: Proven }
  | { ok: false; purpose: Purpose; because: 'declined' | 'refused' | 'unreachable' }

const minutesValid = 10
const Kept = z.object({
  id: z.string(),
  purpose: z.enum(['enter', 'add']),
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  until: z.number(),
})

/** The directories in which staff may sign in, as the operator has set them up. */
export function directories(): readonly Directory[] {
  return env().OIDC_PROVIDERS
}

export function directoryOf(id: string): Directory | undefined {
  return directories().find((one) => one.id === id)
}

/**
 * Sends a browser to a directory. @returns where to, and what its cookie keeps meanwhile: sealed, so that state, nonce and
 * verifier come back as they went. Undefined when the directory does not answer.
 */
export async function beginAtDirectory(
  directory: Directory,
  purpose: Purpose,
): Promise<{ url: string; kept: string } | undefined> {
  const config = await configurationOf(directory)
  if (config === undefined) return undefined
  const [state, nonce, verifier] = [oidc.randomState(), oidc.randomNonce(), oidc.randomPKCECodeVerifier()]
  const url = oidc.buildAuthorizationUrl(config, {
    redirect_uri: backAt(),
    scope: 'openid email profile',
    state,
    nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    // Of several accounts the person chooses, instead of whichever was used last.
    prompt: 'select_account',
  })
  const kept = { id: directory.id, purpose, state, nonce, verifier, until: Date.now() + minutesValid * 60_000 }
  return { url: url.href, kept: seal(JSON.stringify(kept), place) }
}

/** The browser is back. @param kept its cookie @param query of the address it came back to */
export async function comeBackFromDirectory(kept: string, query: string): Promise<Back> {
  const own = readKept(kept)
  const directory = own === undefined ? undefined : directoryOf(own.id)
  if (own === undefined || directory === undefined) return { ok: false, purpose: 'enter', because: 'refused' }
  const { purpose } = own
  const config = await configurationOf(directory)
  if (config === undefined) return { ok: false, purpose, because: 'unreachable' }
  try {
    const tokens = await oidc.authorizationCodeGrant(config, new URL(`${backAt()}?${query}`), {
      pkceCodeVerifier: own.verifier,
      expectedState: own.state,
      expectedNonce: own.nonce,
      idTokenExpected: true,
    })
    const claims = tokens.claims()
    if (claims === undefined) return { ok: false, purpose, because: 'refused' }
    return { ok: true, purpose, proven: provenBy(directory, claims) }
  } catch (error) {
    if (error instanceof oidc.AuthorizationResponseError && error.error === 'access_denied')
      return { ok: false, purpose, because: 'declined' }
    log.warn({ directory: directory.id, reason: error instanceof Error ? error.message : '' }, 'sign-in refused')
    return { ok: false, purpose, because: error instanceof TypeError ? 'unreachable' : 'refused' }
  }
}

function provenBy({ trustsEmail }: Directory, claims: oidc.IDToken): Proven {
  const { iss: issuer, sub: subject, email, email_verified: isVerified } = claims
  if (typeof email !== 'string' || !z.email().safeParse(email).success) return { issuer, subject, isEmailProven: false }
  const isEmailProven = isVerified === true || (trustsEmail && isVerified === undefined)
  return { issuer, subject, email: email.toLowerCase(), isEmailProven }
}

const configurations = new Map<string, oidc.Configuration>()

/** What the directory says of itself, asked once; a directory that does not answer is asked again next time. */
async function configurationOf(directory: Directory): Promise<oidc.Configuration | undefined> {
  const { id, issuer, clientId, clientSecret } = directory
  const known = configurations.get(id)
  if (known !== undefined) return known
  try {
    const found = await oidc.discovery(new URL(issuer), clientId, clientSecret, undefined, {
      timeout: 10,
      // Plain http is for stand-ins on this machine.
      execute: issuer.startsWith('http:')
        ? [oidc.enableNonRepudiationChecks, oidc.allowInsecureRequests]
        : [oidc.enableNonRepudiationChecks],
    })
    configurations.set(id, found)
    return found
  } catch (error) {
    log.warn({ directory: id, reason: error instanceof Error ? error.message : '' }, 'directory does not answer')
    return undefined
  }
}

const place = 'directory-sign-in'

function readKept(sealed: string): z.infer<typeof Kept> | undefined {
  try {
    const kept = Kept.parse(JSON.parse(unseal(sealed, place)))
    return kept.until > Date.now() ? kept : undefined
  } catch {
    return undefined
  }
}

function backAt(): string {
  return `${env().PUBLIC_URL}/console/sign-in/back`
}
