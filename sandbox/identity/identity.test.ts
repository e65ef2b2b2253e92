import { createHash, createPublicKey, createVerify } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { chooseAccount, startTestIdentity } from './test-identity.ts'

const directory = await startTestIdentity()
afterAll(() => directory.close())
const { url, credentials, accounts } = directory
const { clientId, clientSecret } = credentials
const [renee] = accounts
const verifier = 'a-verifier-of-at-least-forty-three-characters-long'
const redirectUri = 'https://pay.example/back'

function authorizeUrl(over: Record<string, string> = {}): string {
  const challenge = createHash('sha256').update(verifier).digest('base64url')
  const asked = {
    ...{ response_type: 'code', client_id: clientId, scope: 'openid email', redirect_uri: redirectUri },
    ...{ state: 's1', nonce: 'n1', code_challenge: challenge, code_challenge_method: 'S256', ...over },
  }
  return `${url}/authorize?${new URLSearchParams(asked)}`
}

async function codeFor(subject = renee?.subject ?? ''): Promise<string> {
  return (await chooseAccount(authorizeUrl(), subject)).searchParams.get('code') ?? ''
}

async function exchange(code: string, over: Record<string, string> = {}) {
  const form = {
    ...{ grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier },
    ...{ client_id: clientId, client_secret: clientSecret, ...over },
  }
  const answer = await fetch(`${url}/token`, { method: 'POST', body: new URLSearchParams(form) })
  return { status: answer.status, body: (await answer.json()) as Record<string, string> }
}

test('a code becomes a token that its keys have signed, with the nonce it was asked with', async () => {
  const back = await chooseAccount(authorizeUrl(), renee?.subject ?? '')
  expect(Object.fromEntries(back.searchParams)).toMatchObject({ state: 's1', iss: url })
  const { status, body } = await exchange(back.searchParams.get('code') ?? '')
  expect(status).toBe(200)
  const [head = '', claims = '', signature = ''] = (body.id_token ?? '').split('.')
  expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
    ...{ iss: url, aud: clientId, sub: renee?.subject, nonce: 'n1' },
    ...{ email: 'renee@larkfield.example', email_verified: true },
  })
  const { keys } = (await (await fetch(`${url}/keys`)).json()) as { keys: { kid: string; n: string; e: string }[] }
  const jwk = keys.find(({ kid }) => kid === JSON.parse(Buffer.from(head, 'base64url').toString()).kid)
  const key = createPublicKey({ key: { kty: 'RSA', n: jwk?.n ?? '', e: jwk?.e ?? '' }, format: 'jwk' })
  expect(createVerify('RSA-SHA256').update(`${head}.${claims}`).verify(key, signature, 'base64url')).toBe(true)
})

test('a code works once, for the address, the verifier and the client it was issued for', async () => {
  const code = await codeFor()
  expect((await exchange(code)).status).toBe(200)
  expect(await exchange(code)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
  expect(await exchange(await codeFor(), { redirect_uri: 'https://evil.example' })).toMatchObject({ status: 400 })
  expect(await exchange(await codeFor(), { code_verifier: 'another' })).toMatchObject({ status: 400 })
  expect(await exchange(await codeFor(), { client_secret: 'no' })).toMatchObject({ status: 401 })
})

test('what is asked wrongly is said to the person, and leads nowhere', async () => {
  for (const over of [{ client_id: 'no' }, { scope: 'email' }, { response_type: 'token' }, { code_challenge: '' }])
    expect((await fetch(authorizeUrl(over as Record<string, string>))).status).toBe(400)
  const canceled = await chooseAccount(authorizeUrl(), '')
  expect(canceled.searchParams.get('error')).toBe('access_denied')
})
