import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { Client, faultCode } from './testing.ts'

let client: Client
beforeAll(async () => {
  client = await Client.start()
})
afterAll(() => client.stop())

const tokens = z.object({
  token_type: z.literal('bearer'),
  access_token: z.string(),
  expires_in: z.literal(3600),
  refresh_token: z.string(),
  x_refresh_token_expires_in: z.number(),
  x_refresh_token_hard_expires_in: z.number().optional(),
})
const redirect = 'http://127.0.0.1:1/api/oauth/quickbooks-online'

async function authorize(decision: string): Promise<URL> {
  const { authorizeUrl, clientId } = client.service.credentials
  const asked = new URLSearchParams({
    client_id: clientId,
    response_type: 'code',
    scope: 'com.intuit.quickbooks.accounting',
    redirect_uri: redirect,
    state: 's-1',
  })
  const page = await client.ask(`${new URL(authorizeUrl).pathname}?${asked}`)
  expect(page.text).toContain('Authorize')
  const answer = await client.ask('/_sandbox/authorize', {
    method: 'POST',
    body: new URLSearchParams({ redirect_uri: redirect, state: 's-1', decision }).toString(),
  })
  expect(answer.status).toBe(302)
  return new URL(answer.headers.get('location') ?? '')
}

async function connect() {
  const code = (await authorize('authorize')).searchParams.get('code') ?? ''
  const reply = await client.token({ grant_type: 'authorization_code', code, redirect_uri: redirect })
  return { code, ...tokens.parse(reply.body) }
}

test('the redirect carries code, state and company, and the code is good once', async () => {
  const back = await authorize('authorize')
  expect(back.searchParams.get('state')).toBe('s-1')
  expect(back.searchParams.get('realmId')).toBe(client.service.credentials.realmId)
  const code = back.searchParams.get('code') ?? ''
  const form = { grant_type: 'authorization_code', code, redirect_uri: redirect }
  expect((await client.token(form)).status).toBe(200)
  expect((await client.token(form)).body).toMatchObject({ error: 'invalid_grant' })
})

test('a person who cancels sends the browser back without a code', async () => {
  const back = await authorize('cancel')
  expect(back.searchParams.get('error')).toBe('access_denied')
  expect(back.searchParams.has('code')).toBe(false)
})

test('a code is refused for another redirect address, and everything without the right client', async () => {
  const code = (await authorize('authorize')).searchParams.get('code') ?? ''
  const elsewhere = { grant_type: 'authorization_code', code, redirect_uri: 'http://elsewhere.example/' }
  expect((await client.token(elsewhere)).body).toMatchObject({ error: 'invalid_grant' })
  const stranger = await client.token(elsewhere, { authorization: 'Basic YTpi' })
  expect([stranger.status, stranger.body]).toMatchObject([401, { error: 'invalid_client' }])
})

test('each refresh gives a new refresh token and the one before stops working', async () => {
  const first = await connect()
  const second = tokens.parse(
    (await client.token({ grant_type: 'refresh_token', refresh_token: first.refresh_token })).body,
  )
  expect(second.refresh_token).not.toBe(first.refresh_token)
  const late = await client.token({ grant_type: 'refresh_token', refresh_token: first.refresh_token })
  expect([late.status, late.body]).toMatchObject([400, { error: 'invalid_grant' }])
  expect((await client.token({ grant_type: 'refresh_token', refresh_token: second.refresh_token })).status).toBe(200)
})

test('the hard expiry comes only when it is asked for', async () => {
  const { refresh_token } = await connect()
  const reply = await client.token(
    { grant_type: 'refresh_token', refresh_token },
    { 'x-include-refresh-token-hard-expires-in': 'true' },
  )
  expect(tokens.parse(reply.body).x_refresh_token_hard_expires_in).toBeGreaterThan(4 * 365 * 86_400)
})

test('an access token ends after an hour of simulated time, a refresh token when it is told to', async () => {
  const { access_token, refresh_token } = await connect()
  client.accessToken = access_token
  expect((await client.get('preferences')).status).toBe(200)
  await client.clock.advanceTo(new Date(client.clock.now().getTime() + 3_601_000))
  const late = await client.get('preferences')
  expect([late.status, faultCode(late)]).toEqual([401, '100'])
  await client.control('expire-refresh-tokens', {})
  expect((await client.token({ grant_type: 'refresh_token', refresh_token })).status).toBe(400)
})

test('tokens can be made to expire at once, and a company is closed to the token of another', async () => {
  const { access_token, refresh_token } = await connect()
  client.accessToken = access_token
  const other = await client.ask('/v3/company/123/preferences?minorversion=75', {
    headers: { authorization: `Bearer ${access_token}`, accept: 'application/json' },
  })
  expect([other.status, faultCode(other)]).toEqual([403, '120'])
  await client.control('expire-tokens', {})
  expect((await client.get('preferences')).status).toBe(401)
  const renewed = tokens.parse((await client.token({ grant_type: 'refresh_token', refresh_token })).body)
  client.accessToken = renewed.access_token
  expect((await client.get('preferences')).status).toBe(200)
})

test('revoking ends the connection, from either side', async () => {
  const mine = await connect()
  const revoked = await client.ask('/v2/oauth2/tokens/revoke', {
    method: 'POST',
    headers: { authorization: client.basic(), 'content-type': 'application/json' },
    body: JSON.stringify({ token: mine.refresh_token }),
  })
  expect(revoked.status).toBe(200)
  const form = { grant_type: 'refresh_token', refresh_token: mine.refresh_token }
  expect((await client.token(form)).body).toMatchObject({ error: 'invalid_grant' })
  const theirs = await connect()
  await client.control('revoke', {})
  client.accessToken = theirs.access_token
  expect((await client.get('preferences')).status).toBe(401)
})
