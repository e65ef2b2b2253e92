import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import { call, callJson, retryAfterOf, usualJudge } from './http'

vi.stubEnv('DATABASE_URL', 'postgres://nowhere')
vi.stubEnv('SECRET_KEYS', `test:${Buffer.alloc(32, 7).toString('base64')}`)
vi.stubEnv('SANDBOX_CLOCK_URL', 'http://localhost') // plain http to this machine is allowed

let answers: ((request: IncomingMessage, response: ServerResponse) => void)[] = []
let asked = 0
const server = createServer((request, response) => {
  const answer = answers[Math.min(asked, answers.length - 1)]
  asked += 1
  request.resume()
  request.on('end', () => answer?.(request, response))
})
await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
afterAll(() => {
  server.closeAllConnections()
  server.close()
})
beforeEach(() => {
  asked = 0
})

const judge = usualJudge(({ text }) => ({ message: text }))
const send =
  (status: number, body = '{}', headers: Record<string, string> = {}) =>
  (_: IncomingMessage, response: ServerResponse) =>
    void response.writeHead(status, headers).end(body)
const cut = (_: IncomingMessage, response: ServerResponse) => void response.socket?.destroy()
const get = (more: object = {}) => callJson({ method: 'GET', url, ...more }, judge)
const post = (more: object = {}) => callJson({ method: 'POST', url, body: '{}', ...more }, judge)

test('a read that fails is tried again, a write never', async () => {
  answers = [send(500), cut, send(200, '{"fine":true}')]
  expect((await get()).value).toEqual({ fine: true })
  expect(asked).toBe(3)
  asked = 0
  await expect(post()).rejects.toMatchObject({ cure: 'unknown' })
  expect(asked).toBe(1)
})

test.each([
  ['an answer that is cut off', cut],
  ['a 500', send(500)],
  ['a 502', send(502, '<html>')],
  [
    'half a body',
    (_: IncomingMessage, response: ServerResponse) => {
      response.writeHead(200, { 'content-length': '100' }).write('{"id":')
      setImmediate(() => response.socket?.destroy())
    },
  ],
  ['a page instead of JSON', send(201, '<!doctype html>')],
])('after a write, %s means that nobody knows', async (_, answer) => {
  answers = [answer]
  await expect(post()).rejects.toMatchObject({ cure: 'unknown' })
})

test('a write that never left is not unknown', async () => {
  await expect(callJson({ method: 'POST', url: 'http://127.0.0.1:9/', body: '{}' }, judge)).rejects.toMatchObject({
    cure: 'retry',
  })
})

test('no answer in time is a lost answer', async () => {
  answers = [() => {}]
  await expect(post({ timeoutMs: 50 })).rejects.toMatchObject({ cure: 'unknown' })
})

test.each([
  [401, 'reconnect'],
  [403, 'reconnect'],
  [400, 'skip'],
  [404, 'skip'],
  [422, 'skip'],
  [302, 'stop'],
] as const)('a %i asks to %s', async (status, cure) => {
  answers = [send(status, 'why', { location: 'http://169.254.169.254/' })]
  await expect(get()).rejects.toMatchObject({ cure, message: expect.stringMatching(String(status)) })
  expect(asked).toBe(1)
})

test('a 429 is told with the wait it asks for, and never retried for a write', async () => {
  answers = [send(429, 'slow down', { 'retry-after': '60' })]
  await expect(get()).rejects.toMatchObject({ cure: 'retry', retryAfterMs: 60_000 })
  await expect(post()).rejects.toMatchObject({ cure: 'retry', retryAfterMs: 60_000 })
  expect(asked).toBe(2)
})

test('a short wait is waited out', async () => {
  answers = [send(429, '', { 'retry-after': '0' }), send(200)]
  await get()
  expect(asked).toBe(2)
})

test('more than was agreed to is not read, packed or not', async () => {
  answers = [send(200, JSON.stringify('x'.repeat(5_000)))]
  await expect(get({ sizeMax: 1_000 })).rejects.toMatchObject({ cure: 'stop' })
  const bomb = gzipSync(JSON.stringify('x'.repeat(1_000_000)))
  answers = [(_, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb)]
  await expect(get({ sizeMax: 10_000 })).rejects.toMatchObject({ cure: 'stop' })
  expect(asked).toBe(2)
})

test('a packed answer is unpacked, an empty one is undefined', async () => {
  answers = [(_, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('[1,2]'))]
  expect((await get()).value).toEqual([1, 2])
  answers = [send(204, '')]
  expect((await get()).value).toBeUndefined()
})

test('text is handed over as it came', async () => {
  answers = [send(200, 'plain', { 'x-thing': 'a' })]
  const answer = await call({ method: 'GET', url }, judge)
  expect([answer.text, answer.headers.get('x-thing')]).toEqual(['plain', 'a'])
})

test('Retry-After is seconds or a date', () => {
  const at = new Date('2026-11-21T10:00:00Z')
  const of = (value: string) => retryAfterOf(new Headers({ 'retry-after': value }), at)
  expect(of('3')).toBe(3_000)
  expect(of('Sat, 21 Nov 2026 10:00:30 GMT')).toBe(30_000)
  expect(of('Sat, 21 Nov 2026 09:00:00 GMT')).toBe(0)
  expect(of('soon')).toBeUndefined()
})
