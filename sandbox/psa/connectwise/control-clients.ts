import { z } from 'zod'
import { slug } from '../../world/names.ts'
import type { WorldClient } from '../../world/world.ts'
import { type ClientRecord, type Psa, person } from './psa.ts'
import { Refusal } from './refusal.ts'

export const NewClient = z.strictObject({
  name: z.string().min(1).max(50),
  contact: z.strictObject({ firstName: z.string(), lastName: z.string(), email: z.email() }),
  city: z.string(),
  /** As `NY` or `QC`. */
  state: z.string().length(2),
  zip: z.string(),
  /** The MSP's own, unless told otherwise. */
  country: z.literal('Canada').optional(),
  currency: z.literal('CAD').optional(),
})
export const ClientChange = z.strictObject({
  name: z.string().min(1).max(50).optional(),
  invoiceEmail: z.email().optional(),
})

/** A person takes a new client on: no agreement yet, invoices as they come, untaxed. */
export function takeOnClient(psa: Psa, facts: z.infer<typeof NewClient>): ClientRecord {
  const { name, contact, city, state, zip, country, currency } = facts
  for (const { client } of psa.clients.values())
    if (client.name === name) throw new Refusal(409, 'InvalidControl', `There is a client ${name} already`)
  const id = Math.max(...psa.clients.keys()) + 1
  const client: WorldClient = {
    id,
    identifier: slug(name).slice(0, 20),
    name,
    phone: '(585) 555-0199',
    address: { line1: '1 Main Street', city, state, zip, ...(country === undefined ? {} : { country }) },
    terms: { name: 'Net 30', dueDays: 30 },
    contacts: [{ id: id * 10, ...contact, title: 'Owner', isBilling: true }],
    billingContactId: id * 10,
    billingBy: 'client',
    taxRateBps: 0,
    habit: { daysLate: 0, driftDaysPerMonth: 0 },
    ...(currency === undefined ? {} : { currency }),
  }
  return psa.addClient(client, person)
}

export function reviseClient(psa: Psa, record: ClientRecord, change: z.infer<typeof ClientChange>): ClientRecord {
  const { name = record.client.name, invoiceEmail } = change
  const client: WorldClient = { ...record.client, name, ...(invoiceEmail === undefined ? {} : { invoiceEmail }) }
  psa.reviseClient(record, client, person)
  return record
}
