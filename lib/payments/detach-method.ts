import 'server-only'
import { withTenant } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { openGateway } from './open-gateway'

/**
 * Lets a method go at Stripe, unless it is one that is kept: somebody may have saved it again meanwhile. What was kept
 * on another account than the one that is connected now is out of reach, and of no use to anybody.
 */
export async function detachMethod(tenantId: string, account: string, paymentMethodId: string): Promise<void> {
  const { gateway, kept } = await withTenant(tenantId, async (tx) => ({
    gateway: await openGateway(tx),
    kept: await tx.row(sql`
      select 1 from methods
      where tenant_id = ${tx.tenantId} and account = ${account} and payment_method_id = ${paymentMethodId} and removed_at is null`),
  }))
  if (kept === undefined && gateway.account === account) await gateway.detachMethod(paymentMethodId)
}
