import { z } from 'zod'
import { invalid, missing } from '@/lib/api/api-error'
import { operation } from '@/lib/api/operation'
import { after, pageOf, paging } from '@/lib/api/paging'
import { sql } from '@/lib/base/sql'
import { toWireEndpoint } from '@/lib/webhooks/endpoint'
import { addEndpoint, removeEndpoint } from '@/lib/webhooks/keep-endpoint'
import { readEndpoint, readEndpoints } from '@/lib/webhooks/read-endpoints'
import { EndpointForm, EndpointList, GoneEndpoint, NewEndpoint, WireEndpoint } from '@/lib/webhooks/wire-endpoint'

export const listWebhookEndpoints = operation({
  id: 'listWebhookEndpoints',
  method: 'GET',
  path: '/webhook-endpoints',
  tag: 'Webhooks',
  summary: 'List webhook endpoints',
  scope: 'read',
  query: z.strictObject(paging),
  answer: EndpointList,
  run: async (tx, _, { query: { limit, starting_after } }) => {
    const from = await after(tx, 'webhook endpoint', { table: sql`webhook_endpoints`, alias: sql`e` }, starting_after)
    const { rows, has_more } = pageOf(await readEndpoints(tx, from, limit + 1), limit)
    return { object: 'list' as const, data: rows.map(toWireEndpoint), has_more }
  },
})

export const getWebhookEndpoint = operation({
  id: 'getWebhookEndpoint',
  method: 'GET',
  path: '/webhook-endpoints/{id}',
  tag: 'Webhooks',
  summary: 'Get a webhook endpoint',
  scope: 'read',
  of: 'webhook endpoint',
  answer: WireEndpoint,
  run: async (tx, _, { id }) => {
    const endpoint = await readEndpoint(tx, id)
    if (endpoint === undefined) throw missing('webhook endpoint', id)
    return toWireEndpoint(endpoint)
  },
})

export const createWebhookEndpoint = operation({
  id: 'createWebhookEndpoint',
  method: 'POST',
  path: '/webhook-endpoints',
  tag: 'Webhooks',
  summary: 'Add a webhook endpoint',
  description: 'Its signing secret is answered this once.',
  scope: 'write',
  body: z.strictObject(EndpointForm),
  status: 201,
  answer: NewEndpoint,
  run: async (tx, actor, { body }) => {
    const added = await addEndpoint(tx, actor, body)
    if (!added.ok) throw invalid('parameter_invalid', `url: ${added.reason}`, 'url')
    return { ...toWireEndpoint(added.endpoint), secret: added.secret }
  },
})

export const deleteWebhookEndpoint = operation({
  id: 'deleteWebhookEndpoint',
  method: 'DELETE',
  path: '/webhook-endpoints/{id}',
  tag: 'Webhooks',
  summary: 'Remove a webhook endpoint',
  description: 'Nothing more is sent there, and what waits is given up.',
  scope: 'write',
  of: 'webhook endpoint',
  answer: GoneEndpoint,
  run: async (tx, actor, { id }) => {
    const removed = await removeEndpoint(tx, actor, id)
    if (!removed.ok) throw missing('webhook endpoint', id)
    return { object: 'webhook_endpoint' as const, id, deleted: true as const }
  },
})
