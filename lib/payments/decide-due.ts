import 'server-only'
import type { Tx } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { type DuePart, decideRun, type RunDecision } from './scheduled'
import { waitingCredit } from './waiting-credit'

/** A payment that waits for its date, locked. */
export type Due = {
  methodId: string
  clientId: string
  origin: 'schedule' | 'autopay'
  receiptEmail: string | null
  locale: string
  currency: string
  amountMinor: bigint
}

/**
 * Locks a payment that waits, its invoices and its client's credit, and says what it would take
 * now. Undefined when it waits no more, or somebody else has it in hand.
 */
export async function decideDue(tx: Tx, scheduleId: string): Promise<{ due: Due; decision: RunDecision } | undefined> {
  const due = await tx.row<Due>(sql`
    select method_id, client_id, origin, receipt_email, locale, currency, amount_minor from scheduled_payments
    where tenant_id = ${tx.tenantId} and id = ${scheduleId} and state = 'scheduled' for update skip locked`)
  if (due === undefined) return undefined
  const parts = await lockParts(tx, scheduleId)
  const { ofScheduled } = await waitingCredit(tx, due.clientId, due.currency)
  const creditMinor = ofScheduled.get(scheduleId) ?? 0n
  return { due, decision: decideRun(parts, { amountMinor: due.amountMinor, creditMinor }) }
}

/** In the order in which payments lock invoices, and looked at only then. */
async function lockParts(tx: Tx, scheduleId: string): Promise<DuePart[]> {
  await tx.rows(sql`
    select i.id from scheduled_parts p join invoices i on i.tenant_id = p.tenant_id and i.id = p.invoice_id
    where p.tenant_id = ${tx.tenantId} and p.schedule_id = ${scheduleId} and p.is_open order by i.id for update of i`)
  return tx.rows<DuePart>(sql`
    select p.invoice_id, p.amount_minor as agreed_minor, i.balance_minor, i.state, i.kind,
      exists (select 1 from allocations l where l.tenant_id = i.tenant_id and l.invoice_id = i.id and l.in_flight) as is_held
    from scheduled_parts p join invoices i on i.tenant_id = p.tenant_id and i.id = p.invoice_id
    where p.tenant_id = ${tx.tenantId} and p.schedule_id = ${scheduleId} and p.is_open order by i.id`)
}
