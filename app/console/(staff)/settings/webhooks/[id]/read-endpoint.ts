import { notFound } from 'next/navigation'
import { cache } from 'react'
import { requireStaff } from '@/lib/access/require-staff'
import { withTenant } from '@/lib/base/db'
import { readEndpoint } from '@/lib/webhooks/read-endpoints'

/** Read once per request: the layout asks whether it is there, the page shows it. */
export const endpointOrNotFound = cache(async (id: string) => {
  const { tenantId } = await requireStaff()
  const endpoint = await withTenant(tenantId, (tx) => readEndpoint(tx, id))
  if (endpoint === undefined) notFound()
  return endpoint
})
