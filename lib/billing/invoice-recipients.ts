import 'server-only'
import type { Tx } from '@/lib/base/db'
import { type Sql, sql } from '@/lib/base/sql'
import { getTenant } from '@/lib/tenancy/queries'
import type { InvoiceRule } from '@/lib/tenancy/settings'
import { billingContact } from './queries'

/** Somebody new invoices are mailed to, in their language; `switchedOff`: the notices they do without. */
export type InvoiceRecipient = { name: string; email: string; locale: string; switchedOff: string[] }

/**
 * Whom a client's new invoices are mailed to by the MSP's rule: the billing contact first, then by name. Nobody twice: of
 * two records with one address the first decides.
 */
export async function invoiceRecipients(tx: Tx, clientId: string): Promise<InvoiceRecipient[]> {
  const { settings } = await getTenant(tx)
  const first = await billingContact(tx, clientId)
  const others =
    settings.invoiceRecipients === 'billing'
      ? []
      : await tx.rows<InvoiceRecipient>(sql`
          select p.name, p.email, coalesce(p.locale, c.locale) as locale, p.switched_off
          from contacts p join clients c on c.tenant_id = p.tenant_id and c.id = p.client_id
          where p.tenant_id = ${tx.tenantId} and p.client_id = ${clientId} and ${getsInvoices(settings.invoiceRecipients)}
          order by p.name, p.id`)
  const all = first === undefined ? others : [first, ...others]
  const address = ({ email }: InvoiceRecipient) => email.toLowerCase()
  return all.filter((one, place) => all.findIndex((other) => address(other) === address(one)) === place)
}

/** Whether the contact `p` gets new invoices by the rule. An owner whom a colleague took out of the portal is none. */
export function getsInvoices(rule: InvoiceRule): Sql {
  const more: Record<InvoiceRule, Sql> = {
    billing: sql`false`,
    marked: sql`coalesce((p.source->>'isBilling')::boolean, false)`,
    owners: sql`(p.role = 'owner' and p.removed_at is null)`,
  }
  return sql`(p.gone_at is null and p.email is not null and (p.is_billing or ${more[rule]}))`
}
