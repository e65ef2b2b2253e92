import { createHash, createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { callbackUrlOf, disconnectPsa } from './connect-psa'
import { connectTenant, type InvoiceThere, invoiceHere, startConnectwiseWorld } from './connectwise-world.test.support'
import { syncInvoice } from './sync-one'
import { syncPsa } from './sync-psa'
import { takeCallback } from './take-callback'

type Posted = { headers: Headers; body: string; params: URLSearchParams }

// What the stand-in posts, as our own route would receive it.
const posted: Posted[] = []
const receiver = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const headers = new Headers(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
    const params = new URL(request.url ?? '', 'http://localhost').searchParams
    posted.push({ headers, body: Buffer.concat(chunks).toString(), params })
    response.writeHead(202).end()
  })
})
await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done))
process.env.PUBLIC_URL = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`

const world = await startConnectwiseWorld({ scale: 0.05 })
const { tenantId, connectionId, staff } = await connectTenant(world)
await syncPsa(tenantId, connectionId, { full: true })
afterAll(async () => {
  receiver.close()
  await world.stop()
})

async function issue(): Promise<{ invoice: InvoiceThere; callback: Posted }> {
  posted.length = 0
  const invoice = await world.control<InvoiceThere>('POST', 'invoices', {
    client: 'Hadley & Moss Architects',
    lines: [{ description: 'Cable', unitPriceCents: 1_500 }],
  })
  await world.service.idle()
  const [callback] = posted
  if (callback === undefined) throw new Error('no callback came')
  return { invoice, callback }
}
const hints = () =>
  withTenant(tenantId, (tx) =>
    tx.rows<{ payload: { connectionId: string; entity: 'invoice'; externalId: string; action: string } }>(
      sql`select payload from events where source = 'psa' order by received_at, id`,
    ),
  )

test('connecting registers callbacks for each kind of record once', async () => {
  const registered = async () =>
    (await world.control<{ registered: { url: string; type: string }[] }>('GET', 'callbacks')).registered
  const url = callbackUrlOf(connectionId)
  expect((await registered()).map((one) => [one.url, one.type])).toEqual(
    ['invoice', 'agreement', 'company', 'contact'].map((type) => [url, type]),
  )
})

test('a callback is kept as a hint, once however often it comes, and leads to the invoice being read', async () => {
  const { invoice, callback } = await issue()
  expect(await takeCallback(connectionId, callback)).toBe('kept')
  expect(await takeCallback(connectionId, callback)).toBe('known')
  const [hint] = (await hints()).map(({ payload }) => payload)
  expect(hint).toEqual({ connectionId, entity: 'invoice', externalId: String(invoice.id), action: 'added' })
  await syncInvoice(tenantId, connectionId, String(invoice.id))
  expect(await invoiceHere(tenantId, invoice.id)).toMatchObject({ number: invoice.number, state: 'open' })
})

test('a forged callback is refused: no signature, a changed body, another key', async () => {
  const { callback } = await issue()
  const { body, params } = callback
  const before = (await hints()).length
  const signed = (text: string, key: string) =>
    createHmac('sha256', createHash('sha256').update(key).digest()).update(text).digest('base64')
  const withSignature = (signature?: string) =>
    new Headers(signature === undefined ? {} : { 'x-content-signature': signature })
  expect(await takeCallback(connectionId, { headers: withSignature(), body, params })).toBe('forged')
  expect(await takeCallback(connectionId, { ...callback, body: body.replace('added', 'deleted') })).toBe('forged')
  expect(await takeCallback(connectionId, { headers: withSignature(signed(body, 'mine')), body, params })).toBe(
    'forged',
  )
  expect(await takeCallback(connectionId, { headers: callback.headers, body: 'nonsense', params })).toBe('forged')
  expect((await hints()).length).toBe(before)
})

test('a forger’s key, served from a host of his own, is never fetched', async () => {
  const { callback } = await issue()
  let asked = 0
  const forger = createServer((_, response) => {
    asked += 1
    response.end(JSON.stringify({ signing_key: 'mine' }))
  })
  await new Promise<void>((done) => forger.listen(0, '127.0.0.1', done))
  const { port } = forger.address() as AddressInfo
  const body = callback.body.replace(/"key_url":"[^"]*"/, `"key_url":"http://127.0.0.1:${port}/key"`)
  const signature = createHmac('sha256', createHash('sha256').update('mine').digest()).update(body).digest('base64')
  const headers = new Headers({ 'x-content-signature': signature })
  expect(await takeCallback(connectionId, { headers, body, params: callback.params })).toBe('forged')
  expect(asked).toBe(0)
  forger.close()
})

test('a callback for a connection that is not there leads nowhere', async () => {
  const { callback } = await issue()
  expect(await takeCallback(newId(), callback)).toBe('unknown')
  expect(await takeCallback('not-an-id', callback)).toBe('unknown')
})

test('disconnecting takes the callbacks back and forgets the credentials', async () => {
  const { callback } = await issue()
  await disconnectPsa(staff)
  expect(await world.control('GET', 'callbacks')).toMatchObject({ registered: [] })
  expect(await withTenant(tenantId, (tx) => tx.row(sql`select state, secret from connections`))).toEqual({
    state: 'disconnected',
    secret: '',
  })
  expect(await takeCallback(connectionId, callback)).toBe('unknown')
})
