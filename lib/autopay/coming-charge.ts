import 'server-only'
import { type PlainDate, todayIn } from '@/lib/base/clock'
import type { Tx } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { getTenant } from '@/lib/tenancy/queries'
import { decideAutopay } from './decide-autopay'
import { readCovered } from './read-covered'

/** @param method its label */
export type ComingCharge = { runOn: PlainDate; method: string }

/**
 * The charge that settles this invoice without anybody doing anything, as far as can be said today: one that is set for a
 * date already, or one that a standing consent will lead to. Undefined where somebody has to pay.
 */
export async function comingCharge(tx: Tx, invoiceId: string): Promise<ComingCharge | undefined> {
  const set = await tx.row<ComingCharge>(sql`
    select s.run_on, m.label as method
    from scheduled_parts p join scheduled_payments s on s.tenant_id = p.tenant_id and s.id = p.schedule_id
    join methods m on m.tenant_id = s.tenant_id and m.id = s.method_id
    join invoices i on i.tenant_id = p.tenant_id and i.id = p.invoice_id
    where p.tenant_id = ${tx.tenantId} and p.invoice_id = ${invoiceId} and p.is_open and p.amount_minor >= i.balance_minor`)
  if (set !== undefined) return set
  const [covered] = await readCovered(tx, { invoiceId })
  if (covered === undefined) return undefined
  const decision = decideAutopay(covered, todayIn((await getTenant(tx)).timeZone))
  const isComing = decision.do === 'wait' || decision.do === 'set'
  return isComing ? { runOn: decision.runOn, method: covered.methodLabel } : undefined
}
