import 'server-only'
import { type Actor, maySeeClient, maySeeInvoice } from '@/lib/access/actor'
import { type Tx, withTenant } from '@/lib/base/db'
import { isId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { type Money, money, sum } from '@/lib/money/money'

/** Invoices that were paid with credit alone, in one order. */
export type CreditUse = {
  orderId: string
  amount: Money
  invoices: { invoiceId: string; number: string; amount: Money }[]
}

/** Undefined when there is no such order, or it is not the actor’s to see. */
export async function readCreditUse(actor: Actor, orderId: string): Promise<CreditUse | undefined> {
  if (!isId(orderId)) return undefined
  const rows = await withTenant(actor.tenantId, (tx) => creditUseRows(tx, orderId))
  const [first] = rows
  if (first === undefined || !maySeeClient(actor, first.clientId)) return undefined
  const seen = rows.filter(({ invoiceId, clientId }) => maySeeInvoice(actor, { id: invoiceId, clientId }))
  return toUse(orderId, seen, first.currency)
}

/** The same inside a transaction of ours; who may see it has been settled already. */
export async function readUse(tx: Tx, orderId: string): Promise<CreditUse | undefined> {
  const rows = await creditUseRows(tx, orderId)
  return rows[0] && toUse(orderId, rows, rows[0].currency)
}

type Row = { invoiceId: string; number: string; clientId: string; currency: string; minor: bigint }

function creditUseRows(tx: Tx, orderId: string): Promise<Row[]> {
  return tx.rows<Row>(sql`
      select c.invoice_id, i.number, c.client_id, c.currency, sum(c.amount_minor)::bigint as minor
      from credit_applications c join invoices i on i.tenant_id = c.tenant_id and i.id = c.invoice_id
      where c.tenant_id = ${tx.tenantId} and c.order_id = ${orderId}
        and not exists (select 1 from attempts a where a.tenant_id = c.tenant_id and a.id = c.order_id)
      group by c.invoice_id, i.number, c.client_id, c.currency order by i.number`)
}

function toUse(orderId: string, rows: readonly Row[], currency: string): CreditUse {
  const invoices = rows.map(({ invoiceId, number, minor }) => ({ invoiceId, number, amount: money(minor, currency) }))
  return {
    orderId,
    amount: sum(
      invoices.map(({ amount }) => amount),
      currency,
    ),
    invoices,
  }
}
