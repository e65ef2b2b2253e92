import type { SimClock } from '../../kernel/clock.ts'
import type { Random } from '../../kernel/random.ts'
import type { Answer, Asked } from '../../kernel/service.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const refreshDays = 101
const hardExpiryDays = 5 * 365

type Grant = {
  realmId: string
  refreshToken: string
  refreshExpiresAt: number
  hardExpiresAt: number
  accessTokens: Map<string, number>
}
type Code = { redirectUri: string; realmId: string; expiresAt: number }
export type App = { clientId: string; clientSecret: string }
type Tokens = { accessToken: string; refreshToken: string }

/** Codes, refresh tokens and access tokens of the one app that is registered here. All times are on the simulated clock. */
export class Oauth {
  readonly app: App
  private readonly clock: SimClock
  private readonly random: Random
  private readonly codes = new Map<string, Code>()
  private grants: Grant[] = []

  constructor(app: App, clock: SimClock, random: Random) {
    this.app = app
    this.clock = clock
    this.random = random
  }

  /** A person has agreed: the code that the redirect carries. */
  issueCode(redirectUri: string, realmId: string): string {
    const code = `XAB1${this.random.id(46)}`
    this.codes.set(code, { redirectUri, realmId, expiresAt: this.now() + 10 * 60_000 })
    return code
  }

  /** A connection without a browser, for tools. */
  issueTokens(realmId: string): Tokens {
    const grant = this.newGrant(realmId)
    return { refreshToken: grant.refreshToken, accessToken: this.newAccessToken(grant) }
  }

  /** The company an access token opens, or undefined when the token is unknown, expired or revoked. */
  realmOf(accessToken: string): string | undefined {
    const grant = this.grants.find((each) => (each.accessTokens.get(accessToken) ?? 0) > this.now())
    return grant?.realmId
  }

  /** `POST /oauth2/v1/tokens/bearer` */
  token(asked: Asked): Answer {
    if (!this.isApp(asked)) return refusal(401, 'invalid_client')
    if (!asked.headers['content-type']?.startsWith('application/x-www-form-urlencoded')) {
      return refusal(400, 'invalid_request', 'The body must be application/x-www-form-urlencoded')
    }
    const form = new URLSearchParams(asked.body)
    const isAskedForHardExpiry = asked.headers['x-include-refresh-token-hard-expires-in'] === 'true'
    switch (form.get('grant_type')) {
      case 'authorization_code':
        return this.exchange(form, isAskedForHardExpiry)
      case 'refresh_token':
        return this.refresh(form, isAskedForHardExpiry)
      default:
        return refusal(400, 'unsupported_grant_type')
    }
  }

  /** `POST /v2/oauth2/tokens/revoke` ends the whole connection, whichever of its tokens is named. */
  revoke(asked: Asked): Answer {
    if (!this.isApp(asked)) return refusal(401, 'invalid_client')
    const token = /"token"\s*:\s*"([^"]+)"/.exec(asked.body)?.[1]
    const before = this.grants.length
    this.grants = this.grants.filter((grant) => grant.refreshToken !== token && !grant.accessTokens.has(token ?? ''))
    return this.grants.length < before ? { status: 200 } : refusal(400, 'invalid_request', 'The token is not known')
  }

  /** The user has disconnected the app inside QuickBooks. */
  revokeAll(): void {
    this.grants = []
  }

  expireAccessTokens(): void {
    for (const grant of this.grants) grant.accessTokens.clear()
  }

  expireRefreshTokens(): void {
    for (const grant of this.grants) grant.refreshExpiresAt = this.now()
  }

  private exchange(form: URLSearchParams, withHardExpiry: boolean): Answer {
    const code = this.codes.get(form.get('code') ?? '')
    this.codes.delete(form.get('code') ?? '') // good once
    if (code === undefined || code.expiresAt <= this.now() || code.redirectUri !== form.get('redirect_uri')) {
      return refusal(400, 'invalid_grant', 'Invalid authorization code')
    }
    return this.answer(this.newGrant(code.realmId), withHardExpiry)
  }

  /** Each use gives a new value; the one before stops working at once. */
  private refresh(form: URLSearchParams, withHardExpiry: boolean): Answer {
    const grant = this.grants.find((each) => each.refreshToken === form.get('refresh_token'))
    if (grant === undefined || grant.refreshExpiresAt <= this.now() || grant.hardExpiresAt <= this.now()) {
      return refusal(400, 'invalid_grant', 'Incorrect or invalid refresh token')
    }
    grant.refreshToken = this.newRefreshToken()
    grant.refreshExpiresAt = this.now() + refreshDays * dayMs
    return this.answer(grant, withHardExpiry)
  }

  private answer(grant: Grant, withHardExpiry: boolean): Answer {
    const hard = Math.floor((grant.hardExpiresAt - this.now()) / 1000)
    return {
      status: 200,
      headers: { 'cache-control': 'no-store' },
      body: {
        token_type: 'bearer',
        access_token: this.newAccessToken(grant),
        expires_in: hourMs / 1000,
        refresh_token: grant.refreshToken,
        x_refresh_token_expires_in: Math.floor((grant.refreshExpiresAt - this.now()) / 1000),
        ...(withHardExpiry && { x_refresh_token_hard_expires_in: hard }),
      },
    }
  }

  private newGrant(realmId: string): Grant {
    const grant = {
      realmId,
      refreshToken: this.newRefreshToken(),
      refreshExpiresAt: this.now() + refreshDays * dayMs,
      hardExpiresAt: this.now() + hardExpiryDays * dayMs,
      accessTokens: new Map<string, number>(),
    }
    this.grants.push(grant)
    return grant
  }

  private newRefreshToken(): string {
    return `AB11${this.random.id(46)}`
  }

  private newAccessToken(grant: Grant): string {
    const token = `eyJ${this.random.id(120)}`
    grant.accessTokens.set(token, this.now() + hourMs)
    return token
  }

  private isApp({ headers }: Asked): boolean {
    const { clientId, clientSecret } = this.app
    return headers.authorization === `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`
  }

  private now(): number {
    return this.clock.now().getTime()
  }
}

function refusal(status: 400 | 401, error: string, description?: string): Answer {
  return { status, body: { error, ...(description !== undefined && { error_description: description }) } }
}
