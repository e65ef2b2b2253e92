import 'server-only'
import type { Tx } from '@/lib/base/db'
import { log } from '@/lib/base/log'
import { sql } from '@/lib/base/sql'

/** The bank takes no more debits from this account: it stays listed, with the reason, and is never charged again. */
export async function blockMethod(tx: Tx, clientId: string, paymentMethodId: string, reason: string): Promise<void> {
  const blocked = await tx.run(sql`
    update methods set blocked_reason = ${reason}
    where tenant_id = ${tx.tenantId} and client_id = ${clientId} and payment_method_id = ${paymentMethodId} and blocked_reason is null`)
  if (blocked > 0) log.info({ tenantId: tx.tenantId, clientId, reason }, 'method.blocked')
}

/** The same for what a payment was debited from; a debit that came back takes its mandate with it. */
export async function blockMethodOf(tx: Tx, attemptId: string, reason: string): Promise<void> {
  const method = await tx.row<{ clientId: string; paymentMethodId: string }>(sql`
    select m.client_id, m.payment_method_id from attempts a join methods m on m.tenant_id = a.tenant_id and m.id = a.method_id
    where a.tenant_id = ${tx.tenantId} and a.id = ${attemptId} and m.type in ('acss_debit', 'us_bank_account')`)
  if (method !== undefined) await blockMethod(tx, method.clientId, method.paymentMethodId, reason)
}
