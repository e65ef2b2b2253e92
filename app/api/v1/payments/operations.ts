import { z } from 'zod'
import { missing } from '@/lib/api/api-error'
import { Id, Since } from '@/lib/api/named'
import { operation } from '@/lib/api/operation'
import { paging } from '@/lib/api/paging'
import { Payment, PaymentList, paymentStatuses } from '@/lib/api/payment'
import { readPayment, readPayments } from '@/lib/api/read-payments'

export const listPayments = operation({
  id: 'listPayments',
  method: 'GET',
  path: '/payments',
  tag: 'Payments',
  summary: 'List payments',
  description: 'Every try to pay through us, those that failed included.',
  scope: 'read',
  query: z.strictObject({
    status: z.enum(paymentStatuses).optional(),
    client: Id.optional().describe('Of this client only.'),
    invoice: Id.optional().describe('Those that pay, or tried to pay, this invoice.'),
    updated_since: Since.optional().describe('Those that have moved since then.'),
    ...paging,
  }),
  answer: PaymentList,
  run: (tx, _, { query }) => readPayments(tx, query),
})

export const getPayment = operation({
  id: 'getPayment',
  method: 'GET',
  path: '/payments/{id}',
  tag: 'Payments',
  summary: 'Get a payment',
  description: 'With the invoices it pays, Stripe’s fee, refunds and disputes.',
  scope: 'read',
  of: 'payment',
  answer: Payment,
  run: async (tx, _, { id }) => {
    const payment = await readPayment(tx, id)
    if (payment === undefined) throw missing('payment', id)
    return payment
  },
})
