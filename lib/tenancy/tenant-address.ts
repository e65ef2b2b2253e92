import 'server-only'
import type { Tx } from '@/lib/base/db'
import { env } from '@/lib/base/env'
import { sql } from '@/lib/base/sql'

/** Where the tenant's clients find its pages: its own host once that is proved, else ours. Without a slash at the end. */
export async function tenantAddress(tx: Tx): Promise<string> {
  const row = await tx.row<{ slug: string; host: string | null }>(sql`
    select t.slug, h.host from tenants t left join custom_hosts h on h.tenant_id = t.id and h.tenant_id = ${tx.tenantId} and h.state = 'verified'
    where t.id = ${tx.tenantId}`)
  return addressOf(row ?? { slug: '', host: null })
}

/** The same for a tenant that is known by its slug. @param at `host`: its own, where that is proved */
export function addressOf(at: { slug: string; host: string | null }): string {
  const { PUBLIC_URL } = env()
  if (at.host === null) return `${PUBLIC_URL}/m/${at.slug}`
  const url = new URL(PUBLIC_URL)
  url.hostname = at.host
  return url.origin
}
