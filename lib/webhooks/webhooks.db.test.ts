import { readFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import { makeMsp } from '@/e2e/support/msp'
import { now, windClock } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { deliver } from './deliver'
import { rotateEndpointSecrets } from './endpoint-secret'
import type { WebhookEventType } from './event-type'
import { addEndpoint, changeEndpoint, removeEndpoint, rotateEndpointSecret } from './keep-endpoint'
import { readDeliveries, readDelivery } from './read-deliveries'
import { readEndpoint } from './read-endpoints'
import { triesMax } from './retry'
import { ping, sendAgain } from './send-again'
import { tellInvoice, tellInvoicePaid } from './tell-endpoints'
import { schemaOfEvent } from './wire-event'

// In the sandbox, where a receiver on this machine may be reached.
vi.stubEnv('SANDBOX_CLOCK_URL', 'http://127.0.0.1:1')

type Heard = { headers: IncomingHttpHeaders; body: string }
const heard: Heard[] = []
let answer = { status: 200, body: 'thanks', location: '' }
const receiver = createServer((request, response) => {
  let body = ''
  request.on('data', (part: Buffer) => (body += part.toString()))
  request.on('end', () => {
    heard.push({ headers: request.headers, body })
    response.writeHead(answer.status, answer.location === '' ? {} : { location: answer.location })
    response.end(answer.body)
  })
})
await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done))
const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`
afterAll(() => receiver.close())

const ours = await makeMsp('larkfield')
const theirs = await makeMsp('boreal')
const owner = { kind: 'staff', tenantId: ours.tenantId, staffId: ours.staffId, role: 'owner' } as const
const stranger = { kind: 'staff', tenantId: theirs.tenantId, staffId: theirs.staffId, role: 'owner' } as const
const clientId = await ours.makeClient()

beforeEach(async () => {
  heard.length = 0
  answer = { status: 200, body: 'thanks', location: '' }
  windClock(0)
  const open = await inOurs((tx) =>
    tx.rows<{ id: string }>(
      sql`select id from webhook_endpoints where tenant_id = ${tx.tenantId} and state <> 'removed'`,
    ),
  )
  for (const { id } of open) await inOurs((tx) => removeEndpoint(tx, owner, id))
})

function inOurs<Result>(work: Parameters<typeof withTenant<Result>>[1]): Promise<Result> {
  return withTenant(ours.tenantId, work)
}
async function add(events: WebhookEventType[] = ['invoice.updated']) {
  const added = await inOurs((tx) => addEndpoint(tx, owner, { url, description: '', events }))
  if (!added.ok) throw new Error(added.reason)
  return { id: added.endpoint.id, secret: added.secret }
}
const logOf = async (id: string) => (await inOurs((tx) => readDeliveries(tx, id))).items
async function tell(key = newId()): Promise<string> {
  const invoiceId = await ours.makeInvoice(clientId, 12_300n)
  await inOurs((tx) => tellInvoice(tx, 'invoice.updated', invoiceId, key))
  return invoiceId
}
/** Makes every try that is due, as the worker would. */
async function work(id: string): Promise<void> {
  for (const one of await logOf(id)) if (one.state === 'waiting') await deliver(ours.tenantId, one.id)
}
/** Winds the clock to when the next try is due, and makes it. */
async function nextTry(id: string): Promise<void> {
  const [next] = (await logOf(id)).flatMap(({ nextTryAt }) => nextTryAt ?? []).toSorted((a, b) => Number(a) - Number(b))
  if (next === undefined) throw new Error('nothing waits')
  windClock(next.getTime() - Date.now() + 1)
  await work(id)
}
/** The very code docs/api.md gives to receivers; the clock of these tests is wound, so any time is recent. */
const [, snippet = ''] = /```js\n(.*?)```/s.exec(readFileSync('docs/api.md', 'utf8')) ?? []
type Check = (body: string, header: string, secret: string, toleranceSeconds?: number) => boolean
const { isFromCloseloop } = (await import(
  /* @vite-ignore */ `data:text/javascript,${encodeURIComponent(snippet)}`
)) as { isFromCloseloop: Check }
function isSigned({ headers, body }: Heard, secret: string): boolean {
  return isFromCloseloop(body, String(headers['closeloop-signature']), secret, Number.POSITIVE_INFINITY)
}

test('what happens is told to whom it was asked for, signed, with the same object as the API', async () => {
  const { id, secret } = await add()
  const deaf = await add(['payment.failed'])
  const invoiceId = await tell()
  await work(id)
  expect(heard).toHaveLength(1)
  const [request] = heard
  if (request === undefined) throw new Error('nothing was heard')
  expect(isSigned(request, secret)).toBe(true)
  expect(isSigned({ ...request, body: `${request.body} ` }, secret)).toBe(false)
  const event = JSON.parse(request.body) as { id: string }
  expect(event).toMatchObject({
    type: 'invoice.updated',
    data: { object: { object: 'invoice', id: invoiceId, balance: { amount: '12300', currency: 'USD' } } },
  })
  expect(schemaOfEvent('invoice.updated').safeParse(event).success).toBe(true)
  expect(request.body).not.toContain(secret)
  expect(isFromCloseloop(request.body, String(request.headers['closeloop-signature']), secret)).toBe(true)
  const old = String(request.headers['closeloop-signature']).replace(/t=\d+/, 't=1')
  expect(isFromCloseloop(request.body, old, secret)).toBe(false)
  expect(await logOf(id)).toMatchObject([{ state: 'delivered', status: 200, tries: 1, eventId: event.id, error: null }])
  expect(await logOf(deaf.id)).toEqual([])
})

test('news that is worked twice is one event, sent once', async () => {
  const { id } = await add()
  const invoiceId = await tell('twice')
  await inOurs((tx) => tellInvoice(tx, 'invoice.updated', invoiceId, 'twice'))
  await work(id)
  await work(id)
  expect(heard).toHaveLength(1)
  expect(await logOf(id)).toHaveLength(1)
})

test('an invoice is told as paid once each time it gets there, and not while anything is left', async () => {
  const { id } = await add(['invoice.paid'])
  const open = await ours.makeInvoice(clientId, 100n)
  const paid = await ours.makeInvoice(clientId, 0n)
  for (const invoiceId of [open, paid, paid]) await inOurs((tx) => tellInvoicePaid(tx, invoiceId))
  await work(id)
  expect(heard.map(({ body }) => (JSON.parse(body) as { data: { object: { id: string } } }).data.object.id)).toEqual([
    paid,
  ])
})

test('a receiver that fails is tried again later under the same event id, until it hears', async () => {
  const { id } = await add()
  answer = { status: 500, body: 'out of order', location: '' }
  await tell()
  await work(id)
  await work(id) // not due yet
  expect(heard).toHaveLength(1)
  expect(await logOf(id)).toMatchObject([{ state: 'waiting', tries: 1, status: 500, error: 'It answered 500' }])
  expect((await inOurs((tx) => readEndpoint(tx, id)))?.failingSince).not.toBeNull()
  answer = { status: 204, body: '', location: '' }
  await nextTry(id)
  expect(heard).toHaveLength(2)
  expect(heard[1]?.body).toBe(heard[0]?.body)
  const [delivery] = await logOf(id)
  expect(delivery).toMatchObject({ state: 'delivered', tries: 2, status: 204 })
  const view = await inOurs((tx) => readDelivery(tx, id, delivery?.id ?? ''))
  expect(view?.log.map(({ number, status, answer: said }) => [number, status, said])).toEqual([
    [2, 204, ''],
    [1, 500, 'out of order'],
  ])
  expect((await inOurs((tx) => readEndpoint(tx, id)))?.failingSince).toBeNull()
})

test('a process that dies between sending and writing is followed by another, under the same event id', async () => {
  const { id } = await add()
  await tell()
  const [waiting] = await logOf(id)
  // What a death after the claim leaves: a try counted, a lease running, nothing written.
  await inOurs((tx) =>
    tx.run(sql`
      update webhook_deliveries set tries = tries + 1, next_try_at = ${new Date(now().getTime() + 60_000)}
      where tenant_id = ${tx.tenantId} and id = ${waiting?.id ?? null}`),
  )
  await work(id)
  expect(heard).toHaveLength(0)
  await nextTry(id)
  expect(heard).toHaveLength(1)
  expect(await logOf(id)).toMatchObject([{ state: 'delivered', tries: 2 }])
})

test('two workers at one delivery send it once', async () => {
  const { id } = await add()
  await tell()
  const [waiting] = await logOf(id)
  await Promise.all([1, 2, 3].map(() => deliver(ours.tenantId, waiting?.id ?? '')))
  expect(heard).toHaveLength(1)
})

test('an answer that points elsewhere is not followed, and one that is too large is no answer', async () => {
  const { id } = await add()
  answer = { status: 307, body: '', location: url }
  await tell()
  await work(id)
  expect(heard).toHaveLength(1)
  expect((await logOf(id))[0]?.error).toContain('points elsewhere')
  answer = { status: 200, body: 'x'.repeat(80_000), location: '' }
  await nextTry(id)
  expect((await logOf(id))[0]).toMatchObject({ state: 'waiting', tries: 2 })
  expect((await logOf(id))[0]?.error).toContain('larger than')
})

test('after three days in vain the endpoint is stopped, staff hear of it, and what waits is kept for later', async () => {
  const { id } = await add()
  answer = { status: 503, body: '', location: '' }
  await tell()
  await work(id)
  for (let tried = 1; tried < triesMax - 1; tried += 1) await nextTry(id)
  const late = await tell()
  while ((await inOurs((tx) => readEndpoint(tx, id)))?.state === 'on') await nextTry(id)
  expect(await inOurs((tx) => readEndpoint(tx, id))).toMatchObject({ state: 'stopped' })
  const days = (now().getTime() - Date.now()) / 86_400_000
  expect(days).toBeGreaterThan(2.5)
  const told = await inOurs(async (tx) => [
    await tx.rows<{ cause: string }>(sql`
      select cause from exceptions where tenant_id = ${tx.tenantId} and subject_id = ${id} and closed_at is null`),
    await tx.rows<{ subject: string }>(
      sql`select subject from messages where tenant_id = ${tx.tenantId} and kind = 'staff_notice'`,
    ),
  ])
  expect(told).toEqual([[{ cause: 'webhook-stopped' }], [{ subject: expect.stringContaining('127.0.0.1') }]])
  const before = heard.length
  await work(id)
  expect(heard.length).toBe(before)

  answer = { status: 200, body: '', location: '' }
  await inOurs((tx) => changeEndpoint(tx, owner, id, { url, description: '', events: ['invoice.updated'], isOn: true }))
  windClock(now().getTime() - Date.now() + 86_400_000)
  await work(id)
  expect(heard.at(-1)?.body).toContain(late)
  expect(await inOurs((tx) => readEndpoint(tx, id))).toMatchObject({ state: 'on', failingSince: null })
})

test('while a secret is being rotated both sign, and the older one no longer once its time is over', async () => {
  const { id, secret } = await add()
  const rotated = await inOurs((tx) => rotateEndpointSecret(tx, owner, id, 24))
  if (!rotated.ok) throw new Error(rotated.reason)
  const signedBy = async () => {
    await tell()
    await work(id)
    const last = heard.at(-1)
    return last === undefined ? [] : [secret, rotated.secret].map((one) => isSigned(last, one))
  }
  expect(await signedBy()).toEqual([true, true])
  windClock(25 * 3_600_000)
  expect(await signedBy()).toEqual([false, true])
})

test('secrets lie sealed, and are sealed anew when the keys of this install are rotated', async () => {
  const { id, secret } = await add()
  const stored = () =>
    inOurs((tx) =>
      tx.row<{ secret: string }>(
        sql`select secret from webhook_endpoints where tenant_id = ${tx.tenantId} and id = ${id}`,
      ),
    )
  expect((await stored())?.secret).not.toContain(secret.slice(6))
  const old = process.env.SECRET_KEYS ?? ''
  const fresh = `2027:${Buffer.alloc(32, 9).toString('base64')}`
  await rotateEndpointSecrets(`${fresh},${old}`)
  expect((await stored())?.secret).toContain('v1.2027.')
  await rotateEndpointSecrets(`${old},${fresh}`)
  await tell()
  await work(id)
  expect(heard.map((one) => isSigned(one, secret))).toEqual([true])
})

test('resend sends the same event once more as a delivery of its own', async () => {
  const { id } = await add()
  await tell()
  await work(id)
  const [first] = await logOf(id)
  await inOurs((tx) => sendAgain(tx, owner, first?.id ?? ''))
  await work(id)
  expect(heard).toHaveLength(2)
  expect(heard[1]?.body).toBe(heard[0]?.body)
  const log = await logOf(id)
  expect(log.map(({ eventId }) => eventId)).toEqual([first?.eventId, first?.eventId])
  expect(log.map(({ state }) => state)).toEqual(['delivered', 'delivered'])
})

test('a ping is sent at once, also to an endpoint that is off, and not tried again', async () => {
  const { id } = await add()
  await inOurs((tx) => changeEndpoint(tx, owner, id, { url, description: '', events: ['invoice.paid'], isOn: false }))
  answer = { status: 404, body: 'no such hook', location: '' }
  await inOurs((tx) => ping(tx, owner, id))
  await work(id)
  const event: unknown = JSON.parse(heard[0]?.body ?? '')
  expect(schemaOfEvent('ping').safeParse(event).success).toBe(true)
  expect(await logOf(id)).toMatchObject([{ type: 'ping', state: 'failed', status: 404 }])
  expect(await inOurs((tx) => readEndpoint(tx, id))).toMatchObject({ state: 'off', failingSince: null })
})

test('another MSP reaches no endpoint and no delivery of ours, and a viewer changes nothing', async () => {
  const { id } = await add()
  await tell()
  const [delivery] = await logOf(id)
  const before = await inOurs((tx) => readEndpoint(tx, id))
  const wanted = { url, description: 'taken over', events: ['invoice.paid'] as const, isOn: false }
  await withTenant(theirs.tenantId, async (tx) => {
    expect(await readEndpoint(tx, id)).toBeUndefined()
    expect(await readDelivery(tx, id, delivery?.id ?? '')).toBeUndefined()
    expect((await readDeliveries(tx, id)).items).toEqual([])
    expect(await changeEndpoint(tx, stranger, id, wanted)).toMatchObject({ ok: false, because: 'unknown' })
    expect(await rotateEndpointSecret(tx, stranger, id, 0)).toMatchObject({ ok: false, because: 'unknown' })
    expect(await removeEndpoint(tx, stranger, id)).toMatchObject({ ok: false, because: 'unknown' })
    expect(await ping(tx, stranger, id)).toBeUndefined()
    expect(await sendAgain(tx, stranger, delivery?.id ?? '')).toBeUndefined()
  })
  await deliver(theirs.tenantId, delivery?.id ?? '')
  const viewer = { ...owner, role: 'viewer' } as const
  expect(await inOurs((tx) => changeEndpoint(tx, viewer, id, wanted))).toMatchObject({ because: 'not-allowed' })
  expect(await inOurs((tx) => ping(tx, viewer, id))).toBeUndefined()
  expect(heard).toHaveLength(0)
  expect(await inOurs((tx) => readEndpoint(tx, id))).toEqual(before)
})

test('the database itself keeps what was delivered, and to whom', async () => {
  const { id } = await add()
  await tell()
  await work(id)
  const change = (statement: ReturnType<typeof sql>) => inOurs((tx) => tx.run(statement))
  await expect(change(sql`update webhook_events set body = '{}'`)).rejects.toThrow()
  await expect(change(sql`delete from webhook_tries`)).rejects.toThrow()
  await expect(change(sql`update webhook_deliveries set state = 'waiting', next_try_at = now()`)).rejects.toThrow()
  await tell()
  await expect(
    change(sql`update webhook_deliveries set event_id = endpoint_id where state = 'waiting'`),
  ).rejects.toThrow()
})
