import 'server-only'
import { type PlainDate, todayIn } from '@/lib/base/clock'
import type { Tx } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { getTenant } from '@/lib/tenancy/queries'
import { decideCovered } from './decide-covered'
import { readCovered } from './read-covered'

/** `method`: its label; `creditMinor`: what the client's credit pays of it, which may be all. */
export type ComingCharge = { runOn: PlainDate; method: string; creditMinor: bigint }

/**
 * The charge that settles this invoice without anybody doing anything, as far as can be said today: one that is set for a
 * date already, or one that a standing consent will lead to. Undefined where somebody has to pay.
 */
export async function comingCharge(tx: Tx, invoiceId: string): Promise<ComingCharge | undefined> {
  const set = await tx.row<ComingCharge>(sql`
    select s.run_on, m.label as method, s.credit_minor
    from scheduled_parts p join scheduled_payments s on s.tenant_id = p.tenant_id and s.id = p.schedule_id
    join methods m on m.tenant_id = s.tenant_id and m.id = s.method_id
    join invoices i on i.tenant_id = p.tenant_id and i.id = p.invoice_id
    where p.tenant_id = ${tx.tenantId} and p.invoice_id = ${invoiceId} and p.is_open and p.amount_minor >= i.balance_minor`)
  if (set !== undefined) return set
  const today = todayIn((await getTenant(tx)).timeZone)
  const [covered] = await readCovered(tx, { invoiceId }, today)
  if (covered === undefined) return undefined
  const of = { clientId: covered.clientId, currency: covered.agreed.currency }
  const decided = await decideCovered(tx, of, today)
  const decision = decided.find((one) => one.of.invoiceId === invoiceId)?.decision
  if (decision?.do !== 'wait' && decision?.do !== 'set') return undefined
  return { runOn: decision.runOn, method: covered.methodLabel, creditMinor: decision.creditMinor }
}
