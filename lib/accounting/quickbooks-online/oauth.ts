import 'server-only'
import { z } from 'zod'
import { now } from '@/lib/base/clock'
import { env } from '@/lib/base/env'
import { ConnectorFault } from '@/lib/connectors/connector-fault'
import type { AccountingOauth } from '@/lib/connectors/contract'
import { call, callJson, type Judge } from '@/lib/connectors/http'
import type { QuickbooksSecret } from './secret'

const SCOPE = 'com.intuit.quickbooks.accounting'
/** An access token lives an hour; one that ends within this time is replaced before use. */
const STALE_MS = 5 * 60_000

const Tokens = z.object({
  access_token: z.string().min(1),
  expires_in: z.number().positive(),
  refresh_token: z.string().min(1),
  x_refresh_token_expires_in: z.number().positive(),
})

export const quickbooksOauth: AccountingOauth<QuickbooksSecret> = {
  authorizeUrl(state, redirectUri) {
    const url = new URL(env().QUICKBOOKS_AUTHORIZE_URL)
    const params = { client_id: clientId(), response_type: 'code', scope: SCOPE, redirect_uri: redirectUri, state }
    for (const [name, value] of Object.entries(params)) url.searchParams.set(name, value)
    return url.href
  },

  async exchange(query, redirectUri) {
    const code = query.get('code')
    const realmId = query.get('realmId')
    if (code === null || realmId === null) {
      const why = query.get('error') === 'access_denied' ? 'the connection was not allowed' : 'no code came back'
      throw new ConnectorFault('skip', `QuickBooks: ${why}`)
    }
    return token(realmId, { grant_type: 'authorization_code', code, redirect_uri: redirectUri })
  },

  isStale: (secret, at) => new Date(secret.accessExpiresAt).getTime() - at.getTime() < STALE_MS,

  refresh: (secret) => token(secret.realmId, { grant_type: 'refresh_token', refresh_token: secret.refreshToken }),

  async revoke(secret) {
    await call(
      {
        method: 'POST',
        url: env().QUICKBOOKS_REVOKE_URL,
        headers: { authorization: basic(), accept: 'application/json', 'content-type': 'application/json' },
        body: JSON.stringify({ token: secret.refreshToken }),
      },
      // A token that is not known any more is as good as revoked.
      (answer, asked) => (answer.status === 400 ? undefined : judge(answer, asked)),
    )
  },
}

async function token(realmId: string, form: Record<string, string>): Promise<QuickbooksSecret> {
  const askedAt = now()
  const { value } = await callJson(
    {
      method: 'POST',
      url: env().QUICKBOOKS_TOKEN_URL,
      headers: {
        authorization: basic(),
        accept: 'application/json',
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams(form).toString(),
    },
    judge,
  )
  const given = Tokens.safeParse(value)
  if (!given.success) throw new ConnectorFault('stop', 'QuickBooks gave tokens in a shape we do not know')
  const after = (seconds: number) => new Date(askedAt.getTime() + seconds * 1000).toISOString()
  return {
    realmId,
    accessToken: given.data.access_token,
    accessExpiresAt: after(given.data.expires_in),
    refreshToken: given.data.refresh_token,
    refreshExpiresAt: after(given.data.x_refresh_token_expires_in),
  }
}

/** `invalid_grant`: the code or the refresh token is used up, expired or revoked. The rest are settings of ours. */
const judge: Judge = ({ status, text }) => {
  if (status >= 200 && status < 300) return undefined
  if (status === 429 || status >= 500) return new ConnectorFault('retry', `QuickBooks: no tokens now (${status})`)
  const error = /"error"\s*:\s*"(\w+)"/.exec(text)?.[1] ?? String(status)
  if (error === 'invalid_grant')
    return new ConnectorFault('reconnect', 'QuickBooks: the connection has ended', { code: error })
  return new ConnectorFault('stop', `QuickBooks refused our credentials as an app: ${error}`, { code: error })
}

function clientId(): string {
  const { QUICKBOOKS_CLIENT_ID } = env()
  if (QUICKBOOKS_CLIENT_ID === '') throw new ConnectorFault('stop', 'QUICKBOOKS_CLIENT_ID is not set')
  return QUICKBOOKS_CLIENT_ID
}

function basic(): string {
  return `Basic ${Buffer.from(`${clientId()}:${env().QUICKBOOKS_CLIENT_SECRET}`).toString('base64')}`
}
