import 'server-only'
import { type Actor, maySeeInvoice } from '@/lib/access/actor'
import type { Tx } from '@/lib/base/db'
import { kept } from '@/lib/base/sql'
import type { Payable } from './plan-order'

export type LockedInvoice = Payable & {
  id: string
  clientId: string
  currency: string
  balanceMinor: bigint
  version: number
  /** Set to be paid on a date. */
  isScheduled: boolean
}

export type Payables =
  | { ok: true; invoices: [LockedInvoice, ...LockedInvoice[]] }
  | { ok: false; because: 'not-allowed' | 'on-its-way' | 'void' | 'already-paid' | 'on-hold' }

type Row = Omit<LockedInvoice, 'invoiceId' | 'payableMinor'> & {
  kind: string
  state: string
  holder: string | null
  heldMinor: bigint
}

/**
 * Locks the invoices somebody wants to pay, in the order of their ids, so that two payers never wait for each other,
 * and says what is still free to pay on each: what is open, less what is on hold.
 */
export async function lockPayables(tx: Tx, actor: Actor, ids: readonly string[]): Promise<Payables> {
  const rows = await tx.rows<Row>(
    kept`
    select i.id, i.client_id, i.number, i.due_on::date as due_on, i.kind, i.state, i.currency, i.balance_minor, i.version,
      (select l.attempt_id::text from allocations l where l.tenant_id = ${tx.tenantId} and l.invoice_id = i.id and l.in_flight) as holder,
      exists (select 1 from scheduled_parts p where p.tenant_id = ${tx.tenantId} and p.invoice_id = i.id and p.is_open) as is_scheduled,
      (select coalesce(sum(h.amount_minor), 0)::bigint from invoice_holds h where h.tenant_id = ${tx.tenantId} and h.invoice_id = i.id and h.closed_at is null) as held_minor
    from invoices i where i.tenant_id = ${tx.tenantId} and i.id = any(${[...ids]}::uuid[]) order by i.id for update of i`,
  )
  const invoices = rows.map((row): LockedInvoice & Row => {
    const payableMinor = row.balanceMinor > row.heldMinor ? row.balanceMinor - row.heldMinor : 0n
    return { ...row, invoiceId: row.id, payableMinor }
  })
  const [first, ...others] = invoices
  if (first === undefined || invoices.length !== ids.length) return { ok: false, because: 'not-allowed' }
  const isTogether = (one: Row) => one.clientId === first.clientId && one.currency === first.currency
  if (!invoices.every((one) => maySeeInvoice(actor, one) && isTogether(one)))
    return { ok: false, because: 'not-allowed' }
  if (invoices.some(({ holder }) => holder !== null)) return { ok: false, because: 'on-its-way' }
  if (invoices.some(({ state }) => state === 'void')) return { ok: false, because: 'void' }
  if (invoices.some(({ kind, balanceMinor }) => kind !== 'invoice' || balanceMinor <= 0n))
    return { ok: false, because: 'already-paid' }
  if (invoices.some(({ payableMinor }) => payableMinor <= 0n)) return { ok: false, because: 'on-hold' }
  return { ok: true, invoices: [first, ...others] }
}
