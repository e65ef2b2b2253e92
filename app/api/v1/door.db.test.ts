import { afterEach, expect, test, vi } from 'vitest'
import { throttles } from '@/lib/access/throttle'
import { forgetAnswers, rotateAnswers } from '@/lib/api/say-once'
import { windClock } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { keyOf } from './api-stage.test.support'
import { stageWorld } from './stage-world.test.support'

// What every request goes through, whatever it asks.

const world = await stageWorld()
const { ask, ours, openId } = world
afterEach(() => windClock(0))

const payLink = `/invoices/${openId}/pay-link`
const linkCount = async () =>
  (
    await withTenant(ours.tenantId, (tx) =>
      tx.rows(sql`select 1 from pay_links where tenant_id = ${tx.tenantId} and invoice_id = ${openId}`),
    )
  ).length
const make = (key: string, idempotencyKey: string, body: object = {}) =>
  ask(payLink, { key, method: 'POST', body, headers: { 'idempotency-key': idempotencyKey } })

test('a browser is refused with words, whatever key it holds', async () => {
  const answer = await ask('/invoices', { key: world.key, headers: { origin: 'https://larkfield.example' } })
  expect(answer).toMatchObject({ status: 403, body: { error: { code: 'browser_not_allowed' } } })
  expect(answer.headers.get('access-control-allow-origin')).toBeNull()
})

test('a key that is mistyped, unknown, revoked or not a key says which', async () => {
  for (const [header, code] of [
    ['Bearer sk_live_123', 'key_malformed'],
    [`Bearer ${world.key.slice(0, -1)}`, 'key_malformed'],
    ['Basic abc', 'key_missing'],
    ['', 'key_missing'],
  ]) {
    const answer = await ask('/invoices', { headers: { authorization: header } })
    expect(answer, header).toMatchObject({ status: 401, body: { error: { type: 'authentication_error', code } } })
    expect(answer.headers.get('www-authenticate')).toContain('Bearer')
  }
})

test('an address or a method that is not there is refused in the same shape', async () => {
  expect(await ask('/credit-cards', { key: world.key })).toMatchObject({
    status: 404,
    body: { error: { code: 'address_unknown' } },
  })
  const wrong = await ask('/payments', { key: world.key, method: 'DELETE' })
  expect(wrong).toMatchObject({ status: 405, body: { error: { code: 'method_not_allowed' } } })
  expect(wrong.headers.get('allow')).toBe('GET')
})

test('what is asked wrongly is named with what would be right', async () => {
  for (const [address, param] of [
    ['/invoices?limit=0', 'limit'],
    ['/invoices?limit=101', 'limit'],
    ['/invoices?limit=ten', 'limit'],
    ['/invoices?status=late', 'status'],
    ['/invoices?client=1', 'client'],
    ['/invoices?updated_since=yesterday', 'updated_since'],
    [`/invoices?starting_after=${newId()}`, 'starting_after'],
    [`/invoices?starting_after=${world.theirInvoiceId}`, 'starting_after'],
  ] as const) {
    const answer = await ask(address, { key: world.key })
    expect(answer, address).toMatchObject({ status: 400, body: { error: { code: 'parameter_invalid', param } } })
  }
  expect(await ask('/invoices?limit=1&limit=2', { key: world.key })).toMatchObject({
    status: 400,
    body: { error: { code: 'parameter_repeated', param: 'limit' } },
  })
})

test('a body that is no JSON, too large or of another kind is refused, and nothing is made of it', async () => {
  const before = await linkCount()
  const post = { key: world.key, method: 'POST' }
  expect(await ask(payLink, { ...post, text: '{"delivery":' })).toMatchObject({ status: 400 })
  expect(await ask(payLink, { ...post, text: '[]' })).toMatchObject({ status: 400 })
  expect(await ask(payLink, { ...post, text: 'null' })).toMatchObject({ status: 400 })
  expect(
    await ask(payLink, { ...post, text: 'delivery=return', headers: { 'content-type': 'text/plain' } }),
  ).toMatchObject({ status: 415 })
  expect(await ask(payLink, { ...post, text: `{"delivery":"${'x'.repeat(70_000)}"}` })).toMatchObject({ status: 413 })
  expect(await ask(payLink, { ...post, body: { delivery: 'pigeon' } })).toMatchObject({
    status: 400,
    body: { error: { param: 'delivery' } },
  })
  expect(await linkCount()).toBe(before)
})

test('the same request under the same key is done once and answered alike, and nothing at rest holds the link', async () => {
  const key = await keyOf(ours, 'write')
  const before = await linkCount()
  const first = await make(key, 'order-1')
  expect(first.status).toBe(201)
  expect(first.headers.get('idempotent-replayed')).toBeNull()
  const again = await make(key, 'order-1')
  expect(again.body).toEqual(first.body)
  expect(again.headers.get('idempotent-replayed')).toBe('true')
  expect(await linkCount()).toBe(before + 1)
  const token = String(first.body.url).split('/').at(-1) ?? ''
  const kept = await withTenant(ours.tenantId, (tx) =>
    tx.rows<{ body: string }>(sql`select body from api_answers where tenant_id = ${tx.tenantId}`),
  )
  expect(JSON.stringify(kept)).not.toContain(token)
})

test('the key of another request is refused, and so is a key that is no key', async () => {
  const key = await keyOf(ours, 'write')
  await make(key, 'order-2')
  expect(await make(key, 'order-2', { delivery: 'mail' })).toMatchObject({
    status: 422,
    body: { error: { type: 'idempotency_error', code: 'idempotency_key_reused' } },
  })
  for (const bad of ['two words', 'x'.repeat(256)])
    expect(await make(key, bad)).toMatchObject({ status: 400, body: { error: { code: 'idempotency_key_invalid' } } })
})

test('of many at once under one key, one link is made; the others get it or are told to wait', async () => {
  const key = await keyOf(ours, 'write')
  const before = await linkCount()
  const answers = await Promise.all([1, 2, 3, 4, 5].map(() => make(key, 'order-3')))
  const urls = new Set(answers.filter(({ status }) => status === 201).map(({ body }) => body.url))
  expect(urls.size).toBe(1)
  for (const { status, body } of answers.filter((one) => one.status !== 201))
    expect({ status, code: body.error?.code }).toEqual({ status: 409, code: 'idempotency_key_in_use' })
  expect(await linkCount()).toBe(before + 1)
})

test('another MSP’s request under the same key is its own', async () => {
  const key = await keyOf(ours, 'write')
  const first = await make(key, 'order-4')
  const theirs = await ask(`/invoices/${world.theirInvoiceId}/pay-link`, {
    ...{ key: world.theirKey, method: 'POST', body: {}, headers: { 'idempotency-key': 'order-4' } },
  })
  expect(theirs.status).toBe(201)
  expect(theirs.body.url).not.toBe(first.body.url)
})

test('a refusal uses no key up, and an answer is forgotten after 24 hours', async () => {
  const key = await keyOf(ours, 'write')
  expect((await make(key, 'order-5', { delivery: 'pigeon' })).status).toBe(400)
  const made = await make(key, 'order-5')
  expect(made.status).toBe(201)
  windClock(24 * 3_600_000 + 1_000)
  const later = await make(await keyOf(ours, 'write'), 'order-5')
  expect(later.status).toBe(201)
  expect(later.body.url).not.toBe(made.body.url)
  windClock(0)
  expect(await withTenant(ours.tenantId, forgetAnswers)).toBe(0)
  windClock(3 * 24 * 3_600_000)
  expect(await withTenant(ours.tenantId, forgetAnswers)).toBeGreaterThan(0)
})

test('an answer that is kept opens under a new key too, once secrets are rotated', async () => {
  const key = await keyOf(ours, 'write')
  const first = await make(key, 'order-6')
  const old = process.env.SECRET_KEYS ?? ''
  const fresh = `2027:${Buffer.alloc(32, 9).toString('base64')}`
  const { keyId } = await rotateAnswers(`${fresh},${old}`)
  expect(keyId).toBe('2027')
  const sealed = await withTenant(ours.tenantId, (tx) =>
    tx.rows<{ id: string }>(
      sql`select split_part(body, '.', 2) as id from api_answers where tenant_id = ${tx.tenantId}`,
    ),
  )
  expect(new Set(sealed.map(({ id }) => id))).toEqual(new Set(['2027']))
  await rotateAnswers(`${old},${fresh}`)
  expect((await make(key, 'order-6')).body).toEqual(first.body)
})

test('two hundred tries meet the limit, which says when to come back and is of one key alone', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  try {
    const key = await keyOf(ours, 'read')
    const statuses: number[] = []
    for (let at = 0; at < 200; at += 1) statuses.push((await ask('/clients?limit=1', { key })).status)
    expect(statuses.slice(0, throttles.api.points).every((status) => status === 200)).toBe(true)
    expect(statuses.slice(throttles.api.points).every((status) => status === 429)).toBe(true)
    const refused = await ask('/clients', { key, headers: { 'x-forwarded-for': '203.0.113.7' } })
    expect(refused).toMatchObject({ status: 429, body: { error: { type: 'rate_limit_error', code: 'rate_limited' } } })
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(refused.headers.get('ratelimit-limit')).toBe('120')
    expect(refused.headers.get('ratelimit-remaining')).toBe('0')
    const other = await ask('/clients', { key: await keyOf(ours, 'read') })
    expect(other.status).toBe(200)
    expect(other.headers.get('ratelimit-remaining')).toBe('119')
  } finally {
    vi.useRealTimers()
  }
})
