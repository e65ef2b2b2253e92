import { stack } from '../support/stack.ts'
import { product } from './product.ts'

/** Larkfield's own host, as its records would have proved it. @returns the address its clients know, without a slash */
export async function giveOwnHost(host: string): Promise<string> {
  const { withTenant, sql, now } = await product()
  await withTenant(stack().owner.tenantId, (tx) =>
    tx.run(sql`
      insert into custom_hosts (tenant_id, host, token, state, created_at, verified_at)
      values (${tx.tenantId}, ${host}, 'proved', 'verified', ${now()}, ${now()})`),
  )
  const url = new URL(stack().web)
  url.hostname = host
  return url.origin
}

/** Its clients find it at our address again. */
export async function takeOwnHost(): Promise<void> {
  const { withTenant, sql } = await product()
  await withTenant(stack().owner.tenantId, (tx) =>
    tx.run(sql`delete from custom_hosts where tenant_id = ${tx.tenantId}`),
  )
}
