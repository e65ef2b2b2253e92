import 'server-only'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { withTenant } from '@/lib/base/db'
import { findTenantBySlug } from '@/lib/tenancy/across-tenants'
import { getTenant } from '@/lib/tenancy/queries'
import type { Tenant } from '@/lib/tenancy/tenant'

/** The MSP whose page this is; a slug nobody has is "not found". Read once per request. */
export const findMsp = cache(async (slug: string): Promise<Tenant> => {
  const tenantId = await findTenantBySlug(slug)
  if (tenantId === undefined) notFound()
  return withTenant(tenantId, getTenant)
})
