import 'server-only'
import { now } from '@/lib/base/clock'
import type { Tx } from '@/lib/base/db'
import { log } from '@/lib/base/log'
import { sql } from '@/lib/base/sql'
import type { MethodNews } from './gateway'

/**
 * A saved method changed at Stripe: the issuer sent a new date, or somebody took it away in the Dashboard. What is no
 * longer anybody's cannot be charged and is listed no more; its mandates end with it.
 */
export async function takeMethodNews(tx: Tx, account: string, news: MethodNews): Promise<void> {
  const method = await tx.row<{ id: string; customerId: string }>(sql`
    select id, customer_id from methods
    where tenant_id = ${tx.tenantId} and account = ${account} and payment_method_id = ${news.paymentMethodId} and removed_at is null for update`)
  if (method === undefined) return
  if (news.customerId === method.customerId) {
    await tx.run(sql`
      update methods set label = ${news.label}, last4 = ${news.last4}, expires_on = ${news.expiresOn ?? null},
        blocked_reason = coalesce(${news.blockedReason ?? null}, blocked_reason)
      where tenant_id = ${tx.tenantId} and id = ${method.id}`)
    return
  }
  await endMethod(tx, method.id, 'stripe')
  log.info({ tenantId: tx.tenantId, methodId: method.id }, 'method.gone_at_stripe')
}

/** It is listed no more, and nothing rests on its mandates. */
export async function endMethod(tx: Tx, methodId: string, by: string): Promise<void> {
  await tx.run(sql`
    update methods set removed_at = ${now()}, is_default = false
    where tenant_id = ${tx.tenantId} and id = ${methodId} and removed_at is null`)
  await tx.run(sql`
    update mandates set revoked_at = ${now()}, revoked_by = ${by}
    where tenant_id = ${tx.tenantId} and method_id = ${methodId} and revoked_at is null`)
}
