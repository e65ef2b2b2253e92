import 'server-only'
import type { Tx } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { type Money, money } from '@/lib/money/money'

/** A part of an invoice that a person has put on hold, with what was said about it. */
export type Hold = {
  id: string
  /** Of its invoice. */
  number: string
  amount: Money
  reason: string
  isClients: boolean
  /** Whoever asked or put it on hold, where they are known by name. */
  name?: string
  openedAt: Date
  /** The line it is about, in its own words; of the whole invoice otherwise. */
  line?: string
  /** After the reason, in the order it was said; the word that closed it is the last. */
  said: Said[]
  closedAt?: Date
}

/** One thing that was said. The name of staff is for staff; a client is answered by the MSP. */
export type Said = { by: 'msp' | 'client'; name?: string; text: string; at: Date }

/** The open holds of an invoice, the oldest first; who may see the invoice has been settled. */
export async function openHolds(tx: Tx, invoiceId: string): Promise<Hold[]> {
  return openHoldsOf(tx, [invoiceId])
}

/** The same of several invoices. */
export async function openHoldsOf(tx: Tx, invoiceIds: readonly string[]): Promise<Hold[]> {
  return (await readHolds(tx, invoiceIds)).filter(({ closedAt }) => closedAt === undefined)
}

/** All holds of an invoice, also those that are closed. */
export async function holdsOf(tx: Tx, invoiceId: string): Promise<Hold[]> {
  return readHolds(tx, [invoiceId])
}

async function readHolds(tx: Tx, invoiceIds: readonly string[]): Promise<Hold[]> {
  const rows = await tx.rows<Row>(sql`
    select h.id, i.number, h.amount_minor, i.currency, h.reason, h.opened_by, h.opened_at, h.closed_at, h.answer, l.description as line,
      coalesce(p.name, s.name) as name, c.name as closed_by_name,
      coalesce((
        select json_agg(json_build_object('saidBy', m.said_by, 'name', coalesce(mp.name, ms.name), 'text', m.text, 'at', m.said_at)
          order by m.said_at, m.id)
        from hold_messages m
        left join contacts mp on mp.tenant_id = m.tenant_id and m.said_by = 'contact' and mp.id::text = m.actor_id
        left join staff ms on ms.tenant_id = m.tenant_id and m.said_by = 'staff' and ms.id::text = m.actor_id
        where m.tenant_id = h.tenant_id and m.hold_id = h.id), '[]'::json) as messages
    from invoice_holds h
    join invoices i on i.tenant_id = h.tenant_id and i.id = h.invoice_id
    left join invoice_lines l on l.tenant_id = h.tenant_id and l.invoice_id = h.invoice_id and l.version = h.line_version and l.position = h.line_position
    left join contacts p on p.tenant_id = h.tenant_id and h.opened_by = 'contact' and p.id::text = h.actor_id
    left join staff s on s.tenant_id = h.tenant_id and h.opened_by = 'staff' and s.id::text = h.actor_id
    left join staff c on c.tenant_id = h.tenant_id and c.id::text = h.closed_by
    where h.tenant_id = ${tx.tenantId} and h.invoice_id = any(${[...invoiceIds]}::uuid[]) order by h.opened_at, h.id`)
  return rows.map(toHold)
}

type Row = {
  id: string
  number: string
  amountMinor: bigint
  currency: string
  reason: string
  openedBy: string
  openedAt: Date
  closedAt: Date | null
  answer: string | null
  line: string | null
  name: string | null
  closedByName: string | null
  messages: { saidBy: string; name: string | null; text: string; at: string }[]
}

function toHold(row: Row): Hold {
  const { id, number, amountMinor, currency, reason, openedBy, openedAt, closedAt, answer, line, name } = row
  const said = row.messages.map((one): Said => {
    const by = one.saidBy === 'staff' ? 'msp' : 'client'
    return { by, text: one.text, at: new Date(one.at), ...(one.name === null ? {} : { name: one.name }) }
  })
  if (answer !== null && closedAt !== null)
    said.push({ by: 'msp', text: answer, at: closedAt, ...(row.closedByName && { name: row.closedByName }) })
  return {
    ...{ id, number, amount: money(amountMinor, currency), reason, isClients: openedBy !== 'staff', openedAt, said },
    ...(name === null ? {} : { name }),
    ...(line === null ? {} : { line }),
    ...(closedAt === null ? {} : { closedAt }),
  }
}
