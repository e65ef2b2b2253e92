import { z } from 'zod'
import { Id, Instant, named } from '@/lib/api/named'
import { listOf } from '@/lib/api/paging'
import { webhookEventTypes } from './event-type'

const EventTypes = z.array(z.enum(webhookEventTypes)).min(1).describe('What it hears of.')

/** What a person or a program says of an endpoint. The address is checked again each time something is sent there. */
export const EndpointForm = {
  url: z.string().min(1).max(500).describe('Where we post to. https, to an address of the open internet.'),
  description: z.string().max(200).default('').describe('What it is for, in your words.'),
  events: EventTypes,
}

const fields = {
  object: z.literal('webhook_endpoint'),
  id: Id,
  url: z.string(),
  description: z.string(),
  events: EventTypes,
  state: z
    .enum(['on', 'off', 'stopped'])
    .describe('`off` by a person; `stopped` by us, when nothing had arrived for three days.'),
  failing_since: Instant.nullable(),
  created_at: Instant,
}

const example = {
  ...{ object: 'webhook_endpoint', id: '0193a0b0-c0d0-7000-8000-000000000005', url: 'https://robot.example.com/hook' },
  ...{ description: 'Ticket robot', events: ['invoice.paid', 'payment.failed'], state: 'on', failing_since: null },
  created_at: '2026-11-20T15:41:58.310Z',
}

export const WireEndpoint = z.strictObject(fields).register(named, {
  id: 'WebhookEndpoint',
  description: 'Where we tell what happens.',
  examples: [example],
})
export type WireEndpoint = z.infer<typeof WireEndpoint>

export const NewEndpoint = z
  .strictObject({ ...fields, secret: z.string().describe('Signs what we send. Shown this once.') })
  .register(named, {
    id: 'NewWebhookEndpoint',
    description: 'An endpoint with its secret, which is shown once.',
    examples: [{ ...example, secret: 'whsec_9pQ2…' }],
  })

export const GoneEndpoint = z
  .strictObject({ object: z.literal('webhook_endpoint'), id: Id, deleted: z.literal(true) })
  .register(named, { id: 'DeletedWebhookEndpoint', description: 'An endpoint that is no more.' })

export const EndpointList = listOf(WireEndpoint, { id: 'WebhookEndpointList', description: 'A page of endpoints.' })
