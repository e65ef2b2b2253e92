import 'server-only'
import { withTenant } from '@/lib/base/db'
import type { Issuer } from '@/lib/documents/issuer'
import { readLogo } from '@/lib/tenancy/keep-logo'
import type { Tenant } from '@/lib/tenancy/tenant'

/** The MSP as a document names it, its logo drawn for print. */
export async function issuerOf(tenant: Tenant): Promise<Issuer> {
  const { logo } = tenant.brand
  const png = logo === null ? undefined : await withTenant(tenant.id, (tx) => readLogo(tx, logo.hash, 112))
  return { ...tenant, ...(png === undefined ? {} : { logoPng: png }) }
}
