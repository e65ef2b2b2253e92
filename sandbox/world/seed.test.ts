import { describe, expect, test } from 'vitest'
import { addDays } from './calendar.ts'
import { seedWorld } from './seed-world.ts'
import type { World } from './world.ts'

const today = '2026-11-20'
const larkfield = seedWorld({ seed: 'demo', scale: 1, today })

function openCents(world: World): Map<number, number> {
  const open = new Map(world.invoices.map(({ id, totalCents }) => [id, totalCents]))
  for (const { invoiceId, creditInvoiceId, amountCents } of world.payments) {
    open.set(invoiceId, (open.get(invoiceId) ?? 0) - amountCents)
    if (creditInvoiceId !== undefined) open.set(creditInvoiceId, (open.get(creditInvoiceId) ?? 0) + amountCents)
  }
  return open
}

describe('the seeded world', () => {
  test('is the same for the same seed and another for another', () => {
    expect(seedWorld({ seed: 'demo', scale: 1, today })).toEqual(larkfield)
    expect(seedWorld({ seed: 'other', scale: 1, today }).invoices).not.toEqual(larkfield.invoices)
  })

  test('has forty clients at home, fourteen months and about 1,500 invoices, and grows in proportion', () => {
    expect(larkfield.clients.filter(({ currency }) => currency === undefined)).toHaveLength(40)
    expect(larkfield.invoices.length).toBeGreaterThan(1_350)
    expect(larkfield.invoices.length).toBeLessThan(1_700)
    expect(larkfield.invoices[0]?.on.slice(0, 7)).toBe('2025-10')
    expect(larkfield.invoices.every(({ on }) => on <= today)).toBe(true)
    expect(larkfield.payments.every(({ on }) => on <= today)).toBe(true)
    const fivefold = seedWorld({ seed: 'demo', scale: 5, today })
    expect(fivefold.clients.filter(({ currency }) => currency === undefined)).toHaveLength(200)
    expect(fivefold.invoices.length).toBeGreaterThan(6_500)
    expect(new Set(fivefold.clients.map(({ name }) => name)).size).toBe(fivefold.clients.length)
    expect(new Set(fivefold.clients.map(({ identifier }) => identifier)).size).toBe(fivefold.clients.length)
    expect(new Set(fivefold.invoices.map(({ number }) => number)).size).toBe(fivefold.invoices.length)
  })

  test('has clients in Canada beside them, in their dollars and with the taxes of their provinces, and nobody else is moved', () => {
    const abroad = larkfield.clients.filter(({ currency }) => currency === 'CAD')
    expect(abroad.map(({ address }) => address.state)).toEqual(['QC', 'QC', 'ON', 'BC'])
    expect(Math.min(...abroad.map(({ id }) => id))).toBe(291)
    const [first] = abroad
    const billed = larkfield.invoices.filter(({ clientId }) => clientId === first?.id)
    expect(billed.length).toBeGreaterThan(14)
    for (const { number, lines, taxes, taxCents } of billed) {
      const cents = lines.reduce((sum, { amountCents }) => sum + amountCents, 0)
      expect(number).toMatch(/^CA-3\d{3}$/)
      expect(taxes?.map(({ name }) => name)).toEqual(['TPS', 'TVQ'])
      for (const [at, rate] of [0.05, 0.09975].entries())
        expect(Math.abs((taxes?.[at]?.cents ?? 0) - cents * rate), number).toBeLessThanOrEqual(0.5 + 1e-6)
      expect(taxes?.reduce((sum, tax) => sum + tax.cents, 0)).toBe(taxCents)
    }
    const open = openCents(larkfield)
    for (const { id, name } of abroad)
      expect(
        larkfield.invoices.some((one) => one.clientId === id && (open.get(one.id) ?? 0) > 0),
        name,
      ).toBe(true)
    // The numbers of those at home are those of a world without them.
    const ids = new Set(abroad.map(({ id }) => id))
    const home = larkfield.invoices.filter(({ clientId }) => !ids.has(clientId))
    expect(home.every(({ number }) => !number.startsWith('CA-'))).toBe(true)
    expect(seedWorld({ seed: 'demo', scale: 0.1, today }).clients.every(({ currency }) => currency === undefined)).toBe(
      true,
    )
  })

  test('adds up to the cent: lines, tax, total', () => {
    for (const { number, lines, taxCents, totalCents } of larkfield.invoices) {
      for (const line of lines) {
        expect(line.amountCents, number).toBe(Math.round(line.quantity * line.unitPriceCents))
      }
      const subtotal = lines.reduce((sum, { amountCents }) => sum + amountCents, 0)
      expect(subtotal + taxCents, number).toBe(totalCents)
      expect(Number.isInteger(totalCents), number).toBe(true)
    }
  })

  test('never pays more than an invoice asks, nor credits more than a memo holds', () => {
    const open = openCents(larkfield)
    for (const { id, kind, number } of larkfield.invoices) {
      const cents = open.get(id) ?? 0
      if (kind === 'CreditMemo') expect(cents, number).toBeLessThanOrEqual(0)
      else expect(cents, number).toBeGreaterThanOrEqual(0)
    }
  })

  test('leaves several hundred open, of every age, with parts paid and credits on both sides', () => {
    const open = openCents(larkfield)
    const owed = larkfield.invoices.filter(({ id, kind }) => kind !== 'CreditMemo' && (open.get(id) ?? 0) > 0)
    expect(owed.length).toBeGreaterThan(250)
    expect(owed.length).toBeLessThan(500)
    for (const [from, to] of [
      [-60, -1],
      [0, 30],
      [31, 60],
      [61, 90],
      [91, 500],
    ] as const) {
      const aged = owed.filter(({ dueOn }) => dueOn >= addDays(today, -to) && dueOn <= addDays(today, -from))
      expect(aged.length, `${from} to ${to} days overdue`).toBeGreaterThan(5)
    }
    expect(owed.some(({ id, totalCents }) => (open.get(id) ?? 0) < totalCents)).toBe(true)
    expect(larkfield.payments.some(({ creditInvoiceId }) => creditInvoiceId !== undefined)).toBe(true)
    expect(larkfield.invoices.some(({ id, kind }) => kind === 'CreditMemo' && (open.get(id) ?? 0) < 0)).toBe(true)
  })

  test('bills every kind and size', () => {
    const kinds = new Set(larkfield.invoices.map(({ kind }) => kind))
    expect([...kinds].sort()).toEqual(['Agreement', 'CreditMemo', 'Progress', 'Standard'])
    const totals = larkfield.invoices.filter(({ kind }) => kind !== 'CreditMemo').map(({ totalCents }) => totalCents)
    expect(Math.min(...totals)).toBeGreaterThanOrEqual(4_000)
    expect(Math.min(...totals)).toBeLessThan(10_000)
    expect(Math.max(...totals)).toBeLessThanOrEqual(4_800_000)
    expect(Math.max(...totals)).toBeGreaterThan(2_000_000)
    const changed = larkfield.agreements.filter(({ additions }) => additions.some(({ cancelledOn }) => cancelledOn))
    expect(changed.length).toBeGreaterThan(20)
  })

  test('names the billing contact in three ways', () => {
    const ways = new Set(larkfield.clients.map(({ billingBy }) => billingBy))
    expect([...ways].sort()).toEqual(['address', 'client', 'contact'])
    for (const { contacts, billingContactId, billingBy, invoiceEmail } of larkfield.clients) {
      expect(contacts.some(({ id }) => id === billingContactId)).toBe(true)
      expect(invoiceEmail === undefined).toBe(billingBy !== 'address')
    }
    const addresses = larkfield.clients.flatMap(({ contacts }) => contacts.map(({ email }) => email))
    expect(addresses.every((email) => /^[^@\s]+@[a-z0-9]+\.example$/.test(email))).toBe(true)
  })

  test('tells the story of invoice 20418, whatever the day', () => {
    for (const day of [today, '2027-03-01', '2028-02-29', '2026-12-31']) {
      const world = seedWorld({ seed: 'demo', scale: 1, today: day })
      const invoice = world.invoices.find(({ number }) => number === '20418')
      const hadley = world.clients.find(({ name }) => name === 'Hadley & Moss Architects')
      expect(invoice?.clientId).toBe(hadley?.id)
      expect(invoice).toMatchObject({ kind: 'Agreement', totalCents: 491314, taxCents: 8364, dueOn: addDays(day, 12) })
      expect(openCents(world).get(invoice?.id ?? 0)).toBe(491314)
      expect(invoice?.lines.map(({ quantity, unitPriceCents }) => [quantity, unitPriceCents])).toEqual([
        [38, 7400],
        [41, 2200],
        [3, 16500],
        [4, 4800],
        [41, 350],
        [3, 9500],
      ])
      const before = world.invoices.find(({ number }) => number === '20371')
      expect(before).toMatchObject({ totalCents: 432352, clientId: hadley?.id })
      expect(openCents(world).get(before?.id ?? 0)).toBe(0)
    }
  })

  test('has a second MSP, small and in French', () => {
    const boreal = seedWorld({ seed: 'demo', scale: 1, today, msp: 'boreal' })
    expect(boreal.msp.name).toBe('Boréal TI')
    expect(boreal.clients).toHaveLength(6)
    expect(boreal.invoices.length).toBeGreaterThan(80)
    expect(boreal.invoices.every(({ number }) => number.startsWith('F-'))).toBe(true)
  })
})
