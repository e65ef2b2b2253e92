import { expect } from '@playwright/test'
import { stack } from '../support/stack.ts'
import { simulatedToday } from './clock.ts'
import { product } from './product.ts'

/**
 * Larkfield's own host, as its records would have proved it. @returns the address its clients know, without a slash
 */
export async function giveOwnHost(host: string): Promise<string> {
  const { withTenant, sql, now } = await product()
  await nightIsOver()
  await withTenant(stack().owner.tenantId, (tx) =>
    tx.run(sql`
      insert into custom_hosts (tenant_id, host, token, state, created_at, verified_at)
      values (${tx.tenantId}, ${host}, 'proved', 'verified', ${now()}, ${now()})`),
  )
  const url = new URL(stack().web)
  url.hostname = host
  return url.origin
}

/** The nightly round asks for the records of a host, which nobody answers for here. */
async function nightIsOver(): Promise<void> {
  const { acrossTenants, sql } = await product()
  const today = await simulatedToday()
  const left = () =>
    acrossTenants(async (tx) => {
      const row = await tx.row<{ left: bigint }>(sql`
        select (select count(*) from graphile_worker._private_jobs where key like 'nightly:%' and attempts < max_attempts)
          + (case when exists (select 1 from events where external_id = ${`clock.nightly:${today}`} and tenant_id = ${stack().owner.tenantId}) then 0 else 1 end) as left`)
      return Number(row?.left ?? 1n)
    })
  await expect.poll(left, { timeout: 150_000 }).toBe(0)
}

/** Its clients find it at our address again. */
export async function takeOwnHost(): Promise<void> {
  const { withTenant, sql } = await product()
  await withTenant(stack().owner.tenantId, (tx) =>
    tx.run(sql`delete from custom_hosts where tenant_id = ${tx.tenantId}`),
  )
}
