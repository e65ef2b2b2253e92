import 'server-only'
import type { Tx } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import type { DebitPayer } from './result'

/** In whose name the debit of an attempt is agreed to: the client, at the address the receipt goes to. */
export async function debitPayerOf(tx: Tx, attemptId: string): Promise<DebitPayer> {
  const payer = await tx.row<DebitPayer>(sql`
    select c.name, coalesce(a.receipt_email, '') as email
    from attempts a join clients c on c.tenant_id = a.tenant_id and c.id = a.client_id
    where a.tenant_id = ${tx.tenantId} and a.id = ${attemptId}`)
  if (payer === undefined) throw new Error('the attempt of a debit is gone')
  return payer
}
