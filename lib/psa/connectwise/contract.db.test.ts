import { afterAll } from 'vitest'
import { type InvoiceThere, startConnectwiseWorld } from '../connectwise-world.test.support'
import { describePsa } from '../contract.test-suite'
import { connectwise } from './connector'

const world = await startConnectwiseWorld({ scale: 0.1 })
afterAll(() => world.stop())
const { control, credentials } = world
const read = (externalId: string) => control<InvoiceThere>('GET', `invoices/${externalId}`)
const lineOf = (cents: number) => [{ description: 'Firewall', unitPriceCents: cents, quantity: 1 }]

async function issue(cents: number): Promise<string> {
  const client = 'Hadley & Moss Architects'
  const { id } = await control<InvoiceThere>('POST', 'invoices', { client, lines: lineOf(cents) })
  return String(id)
}

describePsa('ConnectWise PSA', async () => ({
  psa: connectwise,
  secret: credentials,
  wrongSecret: { ...credentials, privateKey: 'wrong' },
  counts: async () => {
    const { invoices } = await control<{ invoices: unknown[] }>('GET', 'invoices')
    return { clients: 4, invoices: invoices.length }
  },
  issue,
  change: async (externalId, cents) => {
    await control('PATCH', `invoices/${externalId}`, { lines: lineOf(cents) })
  },
  remove: async (externalId) => {
    await control('DELETE', `invoices/${externalId}`)
  },
  removeContact: async (externalId) => {
    await control('DELETE', `contacts/${externalId}`)
  },
  spoil: async () => {
    const invoiceId = Number(await issue(600))
    await control('POST', 'bad-row', { kind: 'fraction-of-a-cent', invoiceId })
    return String(invoiceId)
  },
  loseNextAnswer: () => {
    world.service.faults.rules = [{ kind: 'reset-after', match: 'POST .*/payments$', times: 1 }]
  },
  paymentsOf: async (externalId) => {
    const { payments } = await read(externalId)
    return payments.map(({ id, amountCents }) => ({ externalId: String(id), cents: amountCents }))
  },
  notesOf: async (externalId) => (await read(externalId)).internalNotes,
}))
