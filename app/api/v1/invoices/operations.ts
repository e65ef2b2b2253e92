import { z } from 'zod'
import { missing } from '@/lib/api/api-error'
import { Invoice, InvoiceList, invoiceStatuses } from '@/lib/api/invoice'
import { makePayLink, PayLink } from '@/lib/api/make-pay-link'
import { Id, Since } from '@/lib/api/named'
import { operation } from '@/lib/api/operation'
import { paging } from '@/lib/api/paging'
import { readInvoice, readInvoices } from '@/lib/api/read-invoices'

export const listInvoices = operation({
  id: 'listInvoices',
  method: 'GET',
  path: '/invoices',
  tag: 'Invoices',
  summary: 'List invoices',
  description: 'Credit memos are among them; `kind` tells them apart.',
  scope: 'read',
  query: z.strictObject({
    status: z.enum(invoiceStatuses).optional(),
    client: Id.optional().describe('Of this client only.'),
    number: z.string().min(1).max(100).optional().describe('With exactly this number.'),
    updated_since: Since.optional().describe('Of which anything has changed since then.'),
    ...paging,
  }),
  answer: InvoiceList,
  run: (tx, _, { query }) => readInvoices(tx, query),
})

export const getInvoice = operation({
  id: 'getInvoice',
  method: 'GET',
  path: '/invoices/{id}',
  tag: 'Invoices',
  summary: 'Get an invoice',
  description: 'With the lines of its newest version.',
  scope: 'read',
  of: 'invoice',
  answer: Invoice,
  run: async (tx, _, { id }) => {
    const invoice = await readInvoice(tx, id)
    if (invoice === undefined) throw missing('invoice', id)
    return invoice
  },
})

export const createPayLink = operation({
  id: 'createPayLink',
  method: 'POST',
  path: '/invoices/{id}/pay-link',
  tag: 'Invoices',
  summary: 'Make a pay link',
  description:
    'A new link with which anybody can pay this invoice. Links made before keep working. Returned links are shown once: only their hash is kept.',
  scope: 'write',
  of: 'invoice',
  body: z.strictObject({
    delivery: z
      .enum(['return', 'mail'])
      .default('return')
      .describe(
        '`return` answers with the link. `mail` sends the invoice with a link of its own to the billing contact.',
      ),
  }),
  status: 201,
  answer: PayLink,
  run: (tx, actor, { id, body }) => makePayLink(tx, actor, id, body.delivery),
})
