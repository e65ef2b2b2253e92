import { startQuickbooksOnline } from '../../sandbox/accounting/quickbooks-online/start-quickbooks-online.ts'
import { SimClock } from '../../sandbox/kernel/clock.ts'
import type { CallFault } from '../../sandbox/kernel/faults.ts'
import { seedWorld } from '../../sandbox/world/seed-world.ts'
import type { World } from '../../sandbox/world/world.ts'

/**
 * A QuickBooks of the test's own, with the books of a small world, and what a person or the network may do to it.
 * @param scale of the world; 1 is forty clients and about 1,500 invoices
 */
export async function startQuickbooks(today = '2026-11-20', scale = 0.2) {
  const clock = new SimClock(new Date(`${today}T15:42:00Z`))
  const world: World = seedWorld({ seed: 'books', scale, today })
  const service = await startQuickbooksOnline({ clock, world, seed: 'books', port: () => 0, happened: () => {} })
  const { credentials, faults } = service
  Object.assign(process.env, {
    SANDBOX_CLOCK_URL: service.url,
    QUICKBOOKS_CLIENT_ID: credentials.clientId,
    QUICKBOOKS_CLIENT_SECRET: credentials.clientSecret,
    QUICKBOOKS_API_URL: credentials.url,
    QUICKBOOKS_AUTHORIZE_URL: credentials.authorizeUrl,
    QUICKBOOKS_TOKEN_URL: credentials.tokenUrl,
    QUICKBOOKS_REVOKE_URL: credentials.revokeUrl,
  })
  faults.holdMs = 0

  const control = async (action: string, body?: object): Promise<unknown> => {
    const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
    const response = await fetch(`${service.url}/_sandbox/${action}`, init)
    if (!response.ok) throw new Error(`${action}: ${await response.text()}`)
    return response.json()
  }
  await control('limits', { limits: null })

  return {
    url: service.url,
    credentials,
    clock,
    world,
    control,
    /** Hits the next calls that match, `METHOD /path`. */
    fail: (kind: CallFault, match: string, times = 1) => faults.rules.push({ kind, match, times }),
    heal: () => {
      faults.clear()
      faults.holdMs = 0
    },
    records: (entity: string) => control(`records/${entity}`) as Promise<Record<string, unknown>[]>,
    edit: (entity: string, id: string, change: object) => control('edit', { entity, id, change }),
    remove: (entity: string, id: string) => control('edit', { entity, id, operation: 'delete' }),
    stop: async () => {
      clock.stop()
      await service.close()
    },
  }
}
