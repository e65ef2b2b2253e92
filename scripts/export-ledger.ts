// npm run export-ledger -- <tenant slug> > file: the whole journal with its seals, for npm run verify-ledger.
import { closeDatabase, withTenant } from '@/lib/base/db'
import { exportLedger } from '@/lib/ledger/seal-journal'
import { findTenantBySlug } from '@/lib/tenancy/across-tenants'

const [slug] = process.argv.slice(2)
const tenantId = slug === undefined ? undefined : await findTenantBySlug(slug)
if (tenantId === undefined) {
  console.error(slug === undefined ? 'Name a tenant: npm run export-ledger -- <slug>' : `There is no tenant "${slug}".`)
  process.exitCode = 1
} else {
  console.log(JSON.stringify(await withTenant(tenantId, exportLedger), null, 1))
}
await closeDatabase()
