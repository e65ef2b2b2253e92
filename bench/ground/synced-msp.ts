import { withTenant } from '@/lib/base/db'
import { saveConnection } from '@/lib/connectors/connection'
import { createTenant } from '@/lib/tenancy/across-tenants'
import type { SandboxServices } from '../../sandbox/services.ts'

export type SyncedMsp = { tenantId: string; connectionId: string }

let count = 0

/** An MSP with its PSA connected, and nothing read yet. One PSA serves them all: each believes in a company of its own. */
export async function makeSyncedMsp({ connectwise }: Pick<SandboxServices, 'connectwise'>): Promise<SyncedMsp> {
  count += 1
  const slug = `bench-${count}`
  const { tenantId } = await createTenant({
    slug,
    name: 'Larkfield IT',
    legalName: 'Larkfield IT, Inc.',
    timeZone: 'America/New_York',
    locale: 'en-US',
    currency: 'USD',
    brand: {},
    settings: {},
    owner: { email: `renee@${slug}.example`, name: 'Renee Okafor' },
  })
  const { url: baseUrl, companyId, publicKey, privateKey } = connectwise
  const connectionId = await withTenant(tenantId, (tx) =>
    saveConnection(tx, {
      kind: 'psa',
      connector: 'connectwise',
      secret: { baseUrl, companyId, publicKey, privateKey },
      account: slug,
      accountName: 'Larkfield IT',
      missing: [],
    }),
  )
  return { tenantId, connectionId }
}
