import { createHmac } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { Client, faultCode, type Row } from './testing.ts'

type Heard = { signature: string; body: string }

let client: Client
let customer: Row
let listener: Server
let heard: Heard[] = []
let awaited: (() => void) | undefined
let refuse = 0
beforeAll(async () => {
  client = await Client.start()
  customer = await client.first('Customer')
  listener = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    if (refuse > 0) {
      refuse -= 1
      response.writeHead(500).end()
    } else {
      heard.push({ signature: String(request.headers['intuit-signature']), body })
      response.writeHead(200).end()
    }
    awaited?.()
  })
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  const { port } = listener.address() as AddressInfo
  await client.control('webhooks', { url: `http://127.0.0.1:${port}/` })
})
afterAll(async () => {
  listener.closeAllConnections()
  listener.close()
  await client.stop()
})
afterEach(() => {
  heard = []
  client.service.faults.clear()
})

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise<void>((resolve) => (awaited = resolve))
}

const invoice = (DocNumber: string) => ({
  CustomerRef: { value: customer.Id },
  DocNumber,
  Line: [{ Amount: 10, DetailType: 'SalesItemLineDetail', SalesItemLineDetail: { ItemRef: { value: '1' } } }],
})
const events = (body: string) =>
  z
    .array(z.object({ id: z.string(), type: z.string(), intuitentityid: z.string(), intuitaccountid: z.string() }))
    .parse(JSON.parse(body))

test('changes are listed since a time, deletions with their status', async () => {
  await client.clock.advanceTo(new Date(client.clock.now().getTime() + 60_000))
  const since = client.clock.now().toISOString()
  const kept = await client.write('Invoice', invoice('K-1'))
  const gone = await client.write('Invoice', invoice('K-2'))
  await client.post('invoice', { Id: gone.Id, SyncToken: '0' }, { operation: 'delete' })
  const reply = await client.get('cdc', { entities: 'Invoice,Payment', changedSince: since })
  const row = z.looseObject({ Id: z.string(), status: z.string().optional() })
  const seen = z
    .object({
      CDCResponse: z.tuple([z.object({ QueryResponse: z.tuple([z.object({ Invoice: z.array(row) }), z.object({})]) })]),
    })
    .parse(reply.body)
  const changed = seen.CDCResponse[0].QueryResponse[0].Invoice
  expect(changed.map(({ Id, status }) => [Id, status])).toEqual([
    [kept.Id, undefined],
    [gone.Id, 'Deleted'],
  ])
  expect(faultCode(await client.get('cdc', { entities: 'Invoice', changedSince: '2026-01-01T00:00:00Z' }))).toBe('6000')
})

test('a webhook is an array of CloudEvents, signed over its bytes', async () => {
  const made = await client.write('Invoice', invoice('W-1'))
  await until(() => heard.length === 1)
  const [first] = heard
  const { verifierToken, realmId } = client.service.credentials
  expect(first?.signature).toBe(
    createHmac('sha256', verifierToken)
      .update(first?.body ?? '')
      .digest('base64'),
  )
  expect(events(first?.body ?? '')).toMatchObject([
    { type: 'qbo.invoice.created.v1', intuitentityid: made.Id, intuitaccountid: realmId },
  ])
})

test('webhooks come twice, out of order or not at all when told to', async () => {
  client.service.faults.webhooks = 'twice'
  await client.write('Invoice', invoice('W-2'))
  await until(() => heard.length === 2)
  expect(heard[0]?.body).toBe(heard[1]?.body)

  heard = []
  client.service.faults.webhooks = 'reordered'
  const early = await client.write('Invoice', invoice('W-3'))
  const late = await client.write('Invoice', invoice('W-4'))
  await until(() => heard.length === 2)
  expect(heard.map(({ body }) => events(body)[0]?.intuitentityid)).toEqual([late.Id, early.Id])

  heard = []
  client.service.faults.webhooks = 'lost'
  await client.write('Invoice', invoice('W-5'))
  client.service.faults.webhooks = 'as-usual'
  const next = await client.write('Invoice', invoice('W-6'))
  await until(() => heard.length === 1)
  expect(events(heard[0]?.body ?? '')[0]?.intuitentityid).toBe(next.Id)
})

test('a webhook that is not taken comes again', async () => {
  refuse = 1
  await client.write('Invoice', invoice('W-7'))
  await until(() => refuse === 0)
  await expect.poll(() => client.clock.upcoming().length).toBeGreaterThan(0)
  await client.clock.advanceTo(new Date(client.clock.now().getTime() + 30_000))
  await until(() => heard.length === 1)
  expect(client.happenings.some(({ outcome }) => outcome === 'not taken, again later')).toBe(true)
})
