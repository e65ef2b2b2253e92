import { createHash, createSign, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'
import type { Answer, Asked } from '../kernel/service.ts'

/** Somebody whom the directory knows. */
export type Account = {
  subject: string
  name: string
  email: string
  /** Whether somebody checked the address; not said at all by some vendors. */
  isVerified: boolean | undefined
}
export type Client = { clientId: string; clientSecret: string }

/** What the browser asks `/authorize` for, once it has been found in order. */
export type Wish = { redirectUri: string; state: string; nonce: string; challenge: string }
type Code = Wish & { account: Account; expiresAt: number }

const minuteMs = 60_000

/**
 * Signs people's names as OpenID Connect Core 1.0 says: authorization code with PKCE (RFC 7636), ID tokens under RS256.
 * Its times are the machine's, not the simulated clock's: client libraries judge a token by theirs.
 */
export class Issuer {
  readonly client: Client
  /** Known once it listens. */
  url = ''
  private key = newKey()
  private readonly codes = new Map<string, Code>()

  constructor(client: Client) {
    this.client = client
  }

  /** `GET /.well-known/openid-configuration` */
  configuration(): object {
    return {
      issuer: this.url,
      authorization_endpoint: `${this.url}/authorize`,
      token_endpoint: `${this.url}/token`,
      jwks_uri: `${this.url}/keys`,
      response_types_supported: ['code'],
      response_modes_supported: ['query'],
      subject_types_supported: ['pairwise'],
      id_token_signing_alg_values_supported: ['RS256'],
      scopes_supported: ['openid', 'profile', 'email'],
      token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
      code_challenge_methods_supported: ['S256'],
      claims_supported: ['sub', 'iss', 'aud', 'exp', 'iat', 'nonce', 'name', 'email', 'email_verified'],
    }
  }

  /** `GET /keys` */
  keys(): object {
    const { kty, n, e } = this.key.publicKey.export({ format: 'jwk' })
    return { keys: [{ kty, n, e, kid: this.key.id, use: 'sig', alg: 'RS256' }] }
  }

  /** From now on it signs with another key, as issuers do every few weeks. */
  turnKeys(): void {
    this.key = newKey()
  }

  /** @returns what the browser asks for, or what is wrong with it */
  wishIn(params: URLSearchParams): Wish | string {
    if (params.get('client_id') !== this.client.clientId) return 'The application (client_id) is not known.'
    if (params.get('response_type') !== 'code') return 'The response_type must be code.'
    if (!params.get('scope')?.split(' ').includes('openid')) return 'The scope must contain openid.'
    if (!URL.canParse(params.get('redirect_uri') ?? '')) return 'The redirect_uri is missing or not an address.'
    if (params.get('code_challenge_method') !== 'S256' || !params.get('code_challenge'))
      return 'A code_challenge with the method S256 is required.'
    return {
      redirectUri: params.get('redirect_uri') ?? '',
      state: params.get('state') ?? '',
      nonce: params.get('nonce') ?? '',
      challenge: params.get('code_challenge') ?? '',
    }
  }

  /** The person has chosen an account: the code that the redirect carries. */
  issueCode(wish: Wish, account: Account): string {
    const code = randomBytes(32).toString('base64url')
    this.codes.set(code, { ...wish, account, expiresAt: Date.now() + minuteMs })
    return code
  }

  /** `POST /token` */
  token(asked: Asked): Answer {
    if (!asked.headers['content-type']?.startsWith('application/x-www-form-urlencoded'))
      return refusal(400, 'invalid_request', 'The body must be application/x-www-form-urlencoded')
    const form = new URLSearchParams(asked.body)
    if (!this.isClient(asked, form)) return refusal(401, 'invalid_client', 'The client secret is not right')
    if (form.get('grant_type') !== 'authorization_code') return refusal(400, 'unsupported_grant_type')
    const code = this.codes.get(form.get('code') ?? '')
    this.codes.delete(form.get('code') ?? '') // good once
    if (code === undefined || code.expiresAt <= Date.now())
      return refusal(400, 'invalid_grant', 'The code is unknown, used or expired')
    if (code.redirectUri !== form.get('redirect_uri'))
      return refusal(400, 'invalid_grant', 'The redirect_uri is another than the code was issued for')
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    if (challenge !== code.challenge) return refusal(400, 'invalid_grant', 'The code_verifier does not fit')
    return {
      status: 200,
      headers: { 'cache-control': 'no-store' },
      body: {
        token_type: 'Bearer',
        expires_in: 3600,
        scope: 'openid profile email',
        access_token: randomBytes(32).toString('base64url'),
        id_token: this.idToken(code),
      },
    }
  }

  private idToken({ account, nonce }: Code): string {
    const iat = Math.floor(Date.now() / 1000)
    const { subject: sub, email, isVerified, name } = account
    const head = { alg: 'RS256', typ: 'JWT', kid: this.key.id }
    const claims = {
      ...{ iss: this.url, aud: this.client.clientId, sub, iat, exp: iat + 3600 },
      ...{ name, email },
      ...(isVerified === undefined ? {} : { email_verified: isVerified }),
      ...(nonce === '' ? {} : { nonce }),
    }
    const signed = [head, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
    return `${signed}.${createSign('RSA-SHA256').update(signed).sign(this.key.privateKey, 'base64url')}`
  }

  private isClient({ headers }: Asked, form: URLSearchParams): boolean {
    const { clientId, clientSecret } = this.client
    const [scheme = '', basic = ''] = (headers.authorization ?? '').split(' ')
    if (scheme.toLowerCase() === 'basic')
      return Buffer.from(basic, 'base64').toString('utf8') === `${encodeURIComponent(clientId)}:${clientSecret}`
    return form.get('client_id') === clientId && form.get('client_secret') === clientSecret
  }
}

function newKey(): { id: string; publicKey: KeyObject; privateKey: KeyObject } {
  return { id: randomBytes(8).toString('hex'), ...generateKeyPairSync('rsa', { modulusLength: 2048 }) }
}

function refusal(status: 400 | 401, error: string, description?: string): Answer {
  return { status, body: { error, ...(description === undefined ? {} : { error_description: description }) } }
}
