import 'server-only'
import { withTenant } from '@/lib/base/db'
import { raise, settle } from '@/lib/events/exception'
import { checkCustomHost } from '@/lib/tenancy/keep-host'

/**
 * Asks once a day whether a tenant's own host still is its own. A name whose records are gone may soon lead to somebody
 * else: it is out of use at once, and a person is told.
 */
export async function watchHost(tenantId: string): Promise<void> {
  const checked = await checkCustomHost(tenantId, { kind: 'system', id: 'nightly' })
  if (checked === undefined) return
  await withTenant(tenantId, async (tx) => {
    if (checked.state === 'verified') return settle(tx, 'host-lost', tenantId)
    if (checked.isLost)
      await raise(tx, {
        cause: 'host-lost',
        subject: { kind: 'host', id: tenantId },
        detail: `${checked.host} no longer proves that it is yours, and is out of use. ${checked.problem}`,
        nextStep: 'Put the records back and press Check the records, or stop using the name.',
      })
  })
}
