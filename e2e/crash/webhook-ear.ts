import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { z } from 'zod'
import { withTenant } from '@/lib/base/db'
import { webhookEventTypes } from '@/lib/webhooks/event-type'
import { addEndpoint } from '@/lib/webhooks/keep-endpoint'
import type { Stage } from './stage.ts'

const Event = z.object({ id: z.string() })

/** A program of the MSP's own that is told of everything. */
export async function openWebhookEar({ staff }: Stage) {
  const heard = new Set<string>()
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    heard.add(Event.parse(JSON.parse(body)).id)
    response.end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const wanted = { url, description: 'Everything', events: webhookEventTypes }
  const added = await withTenant(staff.tenantId, (tx) => addEndpoint(tx, staff, wanted))
  if (!added.ok) throw new Error(added.reason)
  return { heard, close: () => server.close() }
}
