import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type Stripe from 'stripe'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startTestStripe, type TestStripe } from './test-stripe.ts'

type Received = { body: string; signature: string }

let world: TestStripe
let receiver: Server
let url: string
let received: Received[]
let answers: number[]

beforeEach(async () => {
  world = await startTestStripe({ webhookRetryDelaysMs: [10, 20] })
  received = []
  answers = []
  receiver = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString('utf8')
    })
    request.on('end', () => {
      received.push({ body, signature: String(request.headers['stripe-signature']) })
      response.writeHead(answers.shift() ?? 200).end()
    })
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/webhooks`
})
afterEach(async () => {
  await world.close()
  receiver.closeAllConnections()
  receiver.close()
})

function charge() {
  return world.stripe.paymentIntents.create({
    amount: 1000,
    currency: 'usd',
    confirm: true,
    allowed_payment_method_types: ['card'],
    payment_method: 'pm_card_visa',
  })
}

function verified({ body, signature }: Received, secret: string): Stripe.Event {
  return world.stripe.webhooks.constructEvent(body, signature, secret, 300, undefined, world.clock.now().getTime())
}

const typesReceived = () => received.map(({ body }) => (JSON.parse(body) as Stripe.Event).type)

test('a Connect endpoint hears signed events of the connected accounts, and nothing else', async () => {
  const { platform } = world
  const connect = await platform.webhookEndpoints.create({ url, connect: true, enabled_events: ['*'] })
  await platform.customers.create({ name: 'on the platform' })
  const intent = await charge()
  await world.service.webhooksDelivered()
  expect(typesReceived().sort()).toEqual(['charge.succeeded', 'payment_intent.created', 'payment_intent.succeeded'])
  const events = received.map((each) => verified(each, connect.secret ?? ''))
  const succeeded = events.find(({ type }) => type === 'payment_intent.succeeded')
  expect(succeeded).toMatchObject({
    object: 'event',
    account: world.account,
    api_version: '2026-10-28.endive',
    data: { object: { id: intent.id, status: 'succeeded' } },
    request: { id: intent.lastResponse.requestId, idempotency_key: expect.any(String) },
  })
  const listed = await world.stripe.events.retrieve(succeeded?.id ?? '')
  expect(listed).toMatchObject({ type: 'payment_intent.succeeded', pending_webhooks: 0 })
})

test('an event keeps the object as it was', async () => {
  const intent = await charge()
  const created = (await world.stripe.events.list({ type: 'payment_intent.created' })).data[0]
  expect(created?.data.object).toMatchObject({ id: intent.id, status: 'requires_confirmation' })
})

test('a refused delivery is tried again until it is taken', async () => {
  await world.platform.webhookEndpoints.create({ url, connect: true, enabled_events: ['payment_intent.succeeded'] })
  answers = [500, 503]
  await charge()
  await expect.poll(() => received.length).toBe(3)
  await expect
    .poll(() => world.service.deliveries().map(({ attempt, outcome }) => [attempt, outcome]))
    .toEqual([
      [1, 500],
      [2, 503],
      [3, 200],
    ])
  expect(new Set(received.map(({ body }) => (JSON.parse(body) as Stripe.Event).id)).size).toBe(1)
})

test('deliveries can come twice, get lost, or come in another order; lost ones are found by asking', async () => {
  const { faults } = world.service
  await world.platform.webhookEndpoints.create({ url, connect: true, enabled_events: ['*'] })
  faults.webhooks = 'twice'
  await charge()
  await world.service.webhooksDelivered()
  expect(received).toHaveLength(6)
  received = []
  faults.webhooks = 'reordered'
  await charge()
  await world.service.webhooksDelivered()
  expect(typesReceived().at(-1)).toBe('payment_intent.created')
  received = []
  faults.webhooks = 'lost'
  const intent = await charge()
  await world.service.webhooksDelivered()
  expect(received).toEqual([])
  const missed = await world.stripe.events.list({ delivery_success: false })
  expect(missed.data.map(({ type }) => type)).toEqual([
    'payment_intent.succeeded',
    'charge.succeeded',
    'payment_intent.created',
  ])
  faults.webhooks = 'as-usual'
  await world.control('POST', `deliver/${missed.data[0]?.id}`)
  await world.service.webhooksDelivered()
  expect(typesReceived()).toEqual(['payment_intent.succeeded'])
  faults.webhooks = 'never'
  const silent = await charge()
  const all = await world.stripe.events.list({ limit: 100 })
  const ids = all.data.map(({ data }) => ('id' in data.object ? data.object.id : ''))
  expect(ids).toContain(intent.id)
  expect(ids).not.toContain(silent.id)
})

test('for a day after a secret is rolled both sign', async () => {
  const endpoint = await world.platform.webhookEndpoints.create({
    url,
    connect: true,
    enabled_events: ['charge.succeeded'],
  })
  const old = endpoint.secret ?? ''
  const { secret } = await world.control<{ secret: string }>('POST', `roll-secret/${endpoint.id}`)
  await charge()
  await world.service.webhooksDelivered()
  for (const each of [old, secret]) expect(verified(received[0] ?? nothing, each).type).toBe('charge.succeeded')
  await world.windTo('2026-11-10')
  await charge()
  await world.service.webhooksDelivered()
  const last = received.at(-1) ?? nothing
  expect(verified(last, secret).type).toBe('charge.succeeded')
  expect(() => verified(last, old)).toThrow(/signature/i)
})

test('an endpoint can be changed, silenced and taken away', async () => {
  const { platform } = world
  const endpoint = await platform.webhookEndpoints.create({ url, connect: true, enabled_events: ['*'] })
  expect(await platform.webhookEndpoints.retrieve(endpoint.id)).not.toHaveProperty('secret')
  await platform.webhookEndpoints.update(endpoint.id, { disabled: true })
  await charge()
  await world.service.webhooksDelivered()
  expect(received).toEqual([])
  await platform.webhookEndpoints.del(endpoint.id)
  expect((await platform.webhookEndpoints.list()).data).toEqual([])
})

const nothing: Received = { body: '', signature: '' }
