import { withTenant } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { sendInvoice } from '@/lib/mail/send-invoice'
import type { Staff } from './connect-msp.ts'

export type FirstVisit = { payLink: string; portalEmail: string }

/** Sends the invoice the demo begins with, as staff would, and takes its pay link out of the mailbox. */
export async function sendFirstInvoice(owner: Staff, mailbox: string): Promise<FirstVisit> {
  const invoiceId = await openInvoice(owner.tenantId)
  const sent = await sendInvoice(owner, invoiceId)
  if (!sent.ok) throw new Error(`The first invoice could not be sent: ${sent.because}`)
  const query = new URLSearchParams({ to: sent.to, waitMs: '30000' })
  const { messages } = (await json(`${mailbox}/api/messages?${query}`)) as { messages: { id: string }[] }
  const [newest] = messages
  if (newest === undefined) throw new Error(`No mail arrived for ${sent.to}`)
  const { links } = (await json(`${mailbox}/api/messages/${newest.id}`)) as { links: string[] }
  const payLink = links.find((link) => link.includes('/pay/'))
  if (payLink === undefined) throw new Error(`The mail to ${sent.to} has no pay link`)
  return { payLink, portalEmail: sent.to }
}

/** Invoice 20418 of Hadley & Moss where the world has it; else the open one that falls due first. */
async function openInvoice(tenantId: string): Promise<string> {
  const row = await withTenant(tenantId, (tx) =>
    tx.row<{ id: string }>(sql`
      select i.id from invoices i
      join contacts c on c.tenant_id = i.tenant_id and c.client_id = i.client_id and c.is_billing and c.email is not null
      where i.tenant_id = ${tx.tenantId} and i.kind = 'invoice' and i.state = 'open' and i.balance_minor > 0
      order by i.number <> '20418', i.due_on, i.id limit 1`),
  )
  if (row === undefined) throw new Error('The PSA has no open invoice')
  return row.id
}

async function json(url: string): Promise<unknown> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`${url} answered ${response.status}`)
  return response.json()
}
