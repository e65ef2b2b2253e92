import { z } from 'zod'
import type { InvoiceGroup, InvoiceRow } from '@/lib/billing/invoice'
import { Day, Id, Instant, named, toInstant } from './named'
import { listOf } from './paging'
import { toWireMoney, WireMoney } from './wire-money'

export const invoiceStatuses = ['open', 'paid', 'void'] as const
const payStates = [
  ...['open', 'sent', 'viewed', 'due_soon', 'overdue', 'on_its_way', 'scheduled', 'part_paid', 'paid'],
  ...['in_dispute', 'failed', 'returned', 'void'],
] as const

const summary = {
  object: z.literal('invoice'),
  id: Id,
  kind: z.enum(['invoice', 'credit_memo']),
  number: z.string().describe('As the PSA numbers it.'),
  client_id: Id,
  client_name: z.string(),
  agreement_name: z.string().nullable(),
  status: z.enum(invoiceStatuses).describe('`paid` once nothing is left; money on its way does not count.'),
  pay_state: z.enum(payStates).describe('The one word every screen shows: the state somebody can act on.'),
  issued_on: Day,
  due_on: Day,
  days_overdue: z.int().min(0),
  total: WireMoney,
  tax: WireMoney.describe('Part of the total.'),
  balance: WireMoney.describe('What is still owed. A debit on its way takes nothing off until it has cleared.'),
  version_count: z.int().min(1).describe('How often the PSA has changed what it bills.'),
  sent_at: Instant.nullable(),
  viewed_at: Instant.nullable(),
  paid_at: Instant.nullable(),
  voided_at: Instant.nullable(),
  created_at: Instant.describe('When we first read it.'),
  updated_at: Instant.describe('When content, balance, payments, sending or viewing last changed.'),
}

const id = '0193a0b0-c0d0-7000-8000-000000000001'
const example = {
  ...{ object: 'invoice', id, kind: 'invoice', number: '20418', client_id: '0193a0b0-c0d0-7000-8000-000000000002' },
  ...{ client_name: 'Harbor & Pine Architects', agreement_name: 'Managed Care Complete', status: 'open' },
  ...{ pay_state: 'sent', issued_on: '2026-11-02', due_on: '2026-12-02', days_overdue: 0 },
  total: { amount: '491314', currency: 'USD' },
  tax: { amount: '36314', currency: 'USD' },
  balance: { amount: '491314', currency: 'USD' },
  ...{ version_count: 1, sent_at: '2026-11-03T14:00:05.120Z', viewed_at: null, paid_at: null, voided_at: null },
  ...{ created_at: '2026-11-02T21:12:40.001Z', updated_at: '2026-11-03T14:00:05.120Z' },
}

export const InvoiceSummary = z.strictObject(summary).register(named, {
  id: 'InvoiceSummary',
  description: 'An invoice of the PSA, as lists show it: without its lines.',
  examples: [example],
})

const InvoiceLine = z
  .strictObject({
    heading: z.string().describe('The agreement or kind it stands under.'),
    description: z.string(),
    quantity: z
      .string()
      .regex(/^-?\d+(\.\d+)?$/)
      .describe('A decimal as text.'),
    unit_price: WireMoney,
    amount: WireMoney,
    taxable: z.boolean(),
  })
  .register(named, { id: 'InvoiceLine', description: 'One line of an invoice, in the PSA’s words.' })

export const Invoice = z.strictObject({ ...summary, lines: z.array(InvoiceLine) }).register(named, {
  id: 'Invoice',
  description: 'An invoice of the PSA with the lines of its newest version.',
  examples: [
    {
      ...example,
      lines: [
        {
          ...{ heading: 'Managed Care Complete', description: 'Managed workstation', quantity: '38' },
          unit_price: { amount: '12500', currency: 'USD' },
          amount: { amount: '475000', currency: 'USD' },
          taxable: true,
        },
      ],
    },
  ],
})
export type Invoice = z.infer<typeof Invoice>

export const InvoiceList = listOf(InvoiceSummary, { id: 'InvoiceList', description: 'A page of invoices.' })

/** What a row of our lists does not carry. */
export type InvoiceExtras = {
  taxMinor: bigint
  version: number
  sentAt: Date | null
  viewedAt: Date | null
  settledAt: Date | null
  voidedAt: Date | null
  createdAt: Date
  updatedAt: Date
}

export function toInvoiceSummary(row: InvoiceRow, extras: InvoiceExtras): z.infer<typeof InvoiceSummary> {
  const { kind, number, total, balance } = row
  return {
    ...{ object: 'invoice', id: row.id, kind, number },
    ...{ client_id: row.clientId, client_name: row.clientName, agreement_name: row.agreementName ?? null },
    status: row.status === 'void' ? 'void' : balance.minor <= 0n ? 'paid' : 'open',
    pay_state: row.status,
    ...{ issued_on: row.issuedOn, due_on: row.dueOn, days_overdue: row.daysOverdue },
    total: toWireMoney(total),
    tax: toWireMoney({ minor: extras.taxMinor, currency: total.currency }),
    balance: toWireMoney(balance),
    version_count: extras.version,
    sent_at: toInstant(extras.sentAt),
    viewed_at: toInstant(extras.viewedAt),
    paid_at: toInstant(extras.settledAt),
    voided_at: toInstant(extras.voidedAt),
    created_at: extras.createdAt.toISOString(),
    updated_at: extras.updatedAt.toISOString(),
  }
}

export function toInvoice(row: InvoiceRow, extras: InvoiceExtras, groups: readonly InvoiceGroup[]): Invoice {
  const lines = groups.flatMap(({ heading, lines: within }) =>
    within.map(({ description, quantity, unitPrice, amount, taxable }) => {
      const prices = { unit_price: toWireMoney(unitPrice), amount: toWireMoney(amount) }
      return { heading, description, quantity, ...prices, taxable }
    }),
  )
  return { ...toInvoiceSummary(row, extras), lines }
}
