import { z } from 'zod'
import { money } from '@/lib/money/money'
import { Id, Instant, named } from './named'
import { listOf } from './paging'
import { toWireMoney, WireMoney } from './wire-money'

const summary = {
  object: z.literal('client'),
  id: Id,
  name: z.string(),
  identifier: z.string().describe('As the PSA abbreviates it.'),
  currency: z.string().regex(/^[A-Z]{3}$/),
  locale: z.string(),
  billing_email: z.string().nullable(),
  phone: z.string(),
  terms_days: z.int().nullable(),
  open: WireMoney.describe('What its open invoices still owe.'),
  overdue: WireMoney.describe('The part of it that is past due.'),
  open_count: z.int().min(0),
  created_at: Instant,
}

const example = {
  ...{ object: 'client', id: '0193a0b0-c0d0-7000-8000-000000000002', name: 'Harbor & Pine Architects' },
  ...{ identifier: 'HarborPine', currency: 'USD', locale: 'en-US', billing_email: 'ap@harborpine.example' },
  ...{ phone: '585 555 0142', terms_days: 30 },
  open: { amount: '491314', currency: 'USD' },
  overdue: { amount: '0', currency: 'USD' },
  ...{ open_count: 1, created_at: '2026-11-02T21:12:38.412Z' },
}

export const ClientSummary = z.strictObject(summary).register(named, {
  id: 'ClientSummary',
  description: 'A company the MSP bills, as lists show it.',
  examples: [example],
})

const Contact = z
  .strictObject({
    id: Id,
    name: z.string(),
    email: z.string().nullable(),
    title: z.string(),
    is_billing: z.boolean().describe('Invoices are mailed to this person.'),
    portal_role: z.enum(['owner', 'payer', 'viewer']),
  })
  .register(named, { id: 'Contact', description: 'A person at a client.' })

export const Client = z
  .strictObject({
    ...summary,
    credit: WireMoney.describe('Money of theirs that pays no invoice yet.'),
    contacts: z.array(Contact),
  })
  .register(named, {
    id: 'Client',
    description: 'A company the MSP bills, with its people.',
    examples: [
      {
        ...example,
        credit: { amount: '0', currency: 'USD' },
        contacts: [
          {
            ...{ id: '0193a0b0-c0d0-7000-8000-000000000004', name: 'June Abbott', email: 'june@harborpine.example' },
            ...{ title: 'Office manager', is_billing: true, portal_role: 'owner' },
          },
        ],
      },
    ],
  })

export const ClientList = listOf(ClientSummary, { id: 'ClientList', description: 'A page of clients.' })

export type ClientRow = {
  id: string
  name: string
  identifier: string
  currency: string
  locale: string
  billingEmail: string | null
  phone: string
  termsDays: number | null
  openMinor: bigint
  overdueMinor: bigint
  openCount: number
  createdAt: Date
}

export function toClientSummary(row: ClientRow): z.infer<typeof ClientSummary> {
  const { id, name, identifier, currency, locale, phone } = row
  return {
    ...{ object: 'client', id, name, identifier, currency, locale, billing_email: row.billingEmail, phone },
    terms_days: row.termsDays,
    open: toWireMoney(money(row.openMinor, currency)),
    overdue: toWireMoney(money(row.overdueMinor, currency)),
    open_count: row.openCount,
    created_at: row.createdAt.toISOString(),
  }
}
