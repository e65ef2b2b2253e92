import 'server-only'
import { type Actor, maySeeClient, maySeeInvoice } from '@/lib/access/actor'
import { withTenant } from '@/lib/base/db'
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
  const rows = await withTenant(actor.tenantId, (tx) =>
    tx.rows<{ invoiceId: string; number: string; clientId: string; currency: string; minor: bigint }>(sql`
      select c.invoice_id, i.number, c.client_id, c.currency, sum(c.amount_minor)::bigint as minor
      from credit_applications c join invoices i on i.tenant_id = c.tenant_id and i.id = c.invoice_id
      where c.tenant_id = ${tx.tenantId} and c.order_id = ${orderId}
        and not exists (select 1 from attempts a where a.tenant_id = c.tenant_id and a.id = c.order_id)
      group by c.invoice_id, i.number, c.client_id, c.currency order by i.number`),
  )
  const [first] = rows
  if (first === undefined || !maySeeClient(actor, first.clientId)) return undefined
  const invoices = rows
    .filter(({ invoiceId, clientId }) => maySeeInvoice(actor, { id: invoiceId, clientId }))
    .map(({ invoiceId, number, minor, currency }) => ({ invoiceId, number, amount: money(minor, currency) }))
  const amounts = invoices.map(({ amount }) => amount)
  return { orderId, amount: sum(amounts, first.currency), invoices }
}
