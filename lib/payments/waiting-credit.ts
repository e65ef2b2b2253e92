import 'server-only'
import type { PlainDate } from '@/lib/base/clock'
import type { Tx } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { freeCredit, usableCredit } from '@/lib/billing/apply-credit'
import { getTenant } from '@/lib/tenancy/queries'
import type { Payable } from './plan-order'
import { spreadCredit } from './spread-credit'

export type WaitingCredit = {
  /** What each payment that waits for its date uses, by its id. */
  ofScheduled: Map<string, bigint>
  /** What is left for those that are not announced yet. */
  leftMinor: bigint
  /** Credit that we may not spend: the MSP applies it in its PSA. */
  asideMinor: bigint
}

type Row = Omit<Payable, 'payableMinor'> & { scheduleId: string; dueOn: PlainDate; minor: bigint }

/**
 * A client's credit as its payments that wait for a date use it, automatic or set by hand: those that were announced
 * first, first, so that a notice stands as long as there is credit for it. Nothing is reserved by that: whoever pays meanwhile may use it, and until this
 * transaction ends nobody can.
 */
export async function waitingCredit(tx: Tx, clientId: string, currency: string): Promise<WaitingCredit> {
  const { settings } = await getTenant(tx)
  // First, since it asks for the lock: what another has announced or used until now is seen below.
  const usableMinor = await usableCredit(tx, clientId, currency, settings)
  const asideMinor = (await freeCredit(tx, clientId, currency)) - usableMinor
  const rows = await tx.rows<Row>(sql`
    select s.id as schedule_id, i.id as invoice_id, i.number, i.due_on,
      least(p.amount_minor, greatest(i.balance_minor, 0)) as minor
    from scheduled_payments s
    join scheduled_parts p on p.tenant_id = s.tenant_id and p.schedule_id = s.id and p.is_open
    join invoices i on i.tenant_id = p.tenant_id and i.id = p.invoice_id and i.kind = 'invoice' and i.state = 'open'
    where s.tenant_id = ${tx.tenantId} and s.client_id = ${clientId} and s.currency = ${currency}
      and s.state = 'scheduled'
      and not exists (select 1 from allocations l where l.tenant_id = i.tenant_id and l.invoice_id = i.id and l.in_flight)
    order by s.created_at, s.id`)
  const charges = Map.groupBy(rows, ({ scheduleId }) => scheduleId)
  const { credits, leftMinor } = spreadCredit(
    [...charges.values()].map((parts) => parts.map(({ minor, ...one }) => ({ ...one, payableMinor: minor }))),
    usableMinor,
  )
  const ofScheduled = new Map([...charges.keys()].map((id, index) => [id, credits[index] ?? 0n]))
  return { ofScheduled, leftMinor, asideMinor }
}
