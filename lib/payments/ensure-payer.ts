import 'server-only'
import { now } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { Fault } from '@/lib/base/fault'
import { sql } from '@/lib/base/sql'
import type { Gateway } from './gateway'

/**
 * The client as Stripe knows it on the MSP's account; made there the first time something of theirs is saved. Two at
 * once make one: the key is the client's. One that was made and never written down is made again after a day, and the
 * first stays unused.
 * @throws Fault not-found; GatewayFault
 */
export async function ensurePayer(tenantId: string, gateway: Gateway, clientId: string): Promise<string> {
  const { account } = gateway
  const { known, name } = await withTenant(tenantId, async (tx) => ({
    known: await tx.row<{ customerId: string }>(sql`
      select customer_id from payers where tenant_id = ${tx.tenantId} and client_id = ${clientId} and account = ${account}`),
    name: await tx.row<{ name: string }>(
      sql`select name from clients where tenant_id = ${tx.tenantId} and id = ${clientId}`,
    ),
  }))
  if (known !== undefined) return known.customerId
  if (name === undefined) throw new Fault('not-found', 'No such client')
  const made = await gateway.createCustomer({ key: `payer:${clientId}`, clientId, tenantId, name: name.name })
  const kept = await withTenant(tenantId, async (tx) => {
    await tx.run(sql`
      insert into payers (tenant_id, client_id, account, customer_id, created_at)
      values (${tx.tenantId}, ${clientId}, ${account}, ${made}, ${now()}) on conflict do nothing`)
    return tx.row<{ customerId: string }>(sql`
      select customer_id from payers where tenant_id = ${tx.tenantId} and client_id = ${clientId} and account = ${account}`)
  })
  return kept?.customerId ?? made
}
