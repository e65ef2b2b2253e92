import { expect, test } from 'vitest'
import { Books } from '../accounting/quickbooks-online/books.ts'
import { seedBooks } from '../accounting/quickbooks-online/seed-books.ts'
import { view } from '../accounting/quickbooks-online/view.ts'
import { SimClock } from '../kernel/clock.ts'
import type { Happening } from '../kernel/service.ts'
import { seedWorld } from '../world/seed-world.ts'
import type { WorldInvoice } from '../world/world.ts'
import { Bridge } from './bridge.ts'

function start() {
  const world = seedWorld({ seed: 'bridge', scale: 0.1, today: '2026-11-20' })
  const clock = new SimClock(new Date('2026-11-20T15:00:00Z'))
  clock.stop()
  const books = new Books('1', { ...world.msp, startedAt: new Date('2024-01-02T17:00:00Z') }, clock)
  seedBooks(books, world)
  const happenings: Happening[] = []
  const clients = new Map(world.clients.map((client) => [client.id, client]))
  const invoices = new Map(world.invoices.map((invoice) => [invoice.id, invoice]))
  const bridge = new Bridge({
    books,
    client: (id) => clients.get(id),
    invoice: (id) => invoices.get(id),
    happened: (happening) => happenings.push(happening),
  })
  const add = (change: Partial<WorldInvoice> = {}): WorldInvoice => {
    const pattern = world.invoices.find(({ kind }) => kind === 'Standard')
    if (pattern === undefined) throw new Error('no pattern')
    const invoice = { ...pattern, id: 99_001, number: '99001', on: '2026-11-20', dueOn: '2026-12-20', ...change }
    invoices.set(invoice.id, invoice)
    return invoice
  }
  const inBooks = (number: string) => {
    const stored = books.find('Invoice', books.idByKey('Invoice', number) ?? '')
    return stored && view(books, stored)
  }
  return { books, bridge, happenings, add, inBooks }
}

test('a new invoice of the PSA stands in the books under its number with the same total', () => {
  const { bridge, add, inBooks } = start()
  const invoice = add()
  bridge.onInvoice({ kind: 'added', invoice })
  const total = invoice.totalCents / 100
  expect(inBooks('99001')).toMatchObject({ DocNumber: '99001', TotalAmt: total, Balance: total, DueDate: '2026-12-20' })
})

test('a change goes over once, and a deletion voids', () => {
  const { bridge, add, inBooks, happenings } = start()
  const invoice = add()
  bridge.onInvoice({ kind: 'added', invoice })
  const changed = { ...invoice, taxCents: invoice.taxCents + 100, totalCents: invoice.totalCents + 100 }
  bridge.onInvoice({ kind: 'updated', invoice: changed })
  bridge.onInvoice({ kind: 'updated', invoice: changed })
  expect(inBooks('99001')).toMatchObject({ TotalAmt: changed.totalCents / 100, SyncToken: '1' })
  expect(happenings.at(-1)?.outcome).toBe('already in the books')
  bridge.onInvoice({ kind: 'deleted', invoice: changed })
  expect(inBooks('99001')).toMatchObject({ TotalAmt: 0, Balance: 0 })
})

test('a payment that a person records goes to the bank in the books, one that a program wrote does not', () => {
  const { bridge, books, add, inBooks } = start()
  const invoice = add()
  bridge.onInvoice({ kind: 'added', invoice })
  const payment = {
    id: 7001,
    invoiceId: invoice.id,
    on: '2026-11-20',
    amountCents: 1000,
    method: 'check',
    reference: 'Check 1',
  } as const
  const bank = books.ledger.balanceOf('35')
  bridge.onPayment({ kind: 'added', payment: { ...payment, id: 7000 }, by: 'program' })
  expect(inBooks('99001')).toMatchObject({ Balance: invoice.totalCents / 100 })
  bridge.onPayment({ kind: 'added', payment, by: 'person' })
  expect(inBooks('99001')).toMatchObject({ Balance: (invoice.totalCents - 1000) / 100 })
  expect(books.ledger.balanceOf('35')).toBe(bank + 1000)
  expect(books.ledger.balanceOf('4')).toBe(0)
  bridge.onPayment({ kind: 'deleted', payment, by: 'person' })
  expect(inBooks('99001')).toMatchObject({ Balance: invoice.totalCents / 100 })
})

test('what the books refuse is told and stops nothing', () => {
  const { bridge, books, add, happenings } = start()
  books.settings.bookCloseDate = '2026-12-31'
  bridge.onInvoice({ kind: 'added', invoice: add() })
  expect(happenings.at(-1)).toMatchObject({ what: 'invoice 99001', outcome: 'refused, 6200' })
})

test('the seeded books balance, and owe what the PSA says is open', () => {
  const world = seedWorld({ seed: 'bridge', scale: 0.1, today: '2026-11-20' })
  const { books } = start()
  const total = books.all('Account').reduce((sum, { id }) => sum + books.ledger.balanceOf(id), 0)
  expect(total).toBe(0)
  const billed = world.invoices.reduce((sum, { totalCents }) => sum + totalCents, 0)
  const paid = world.payments.reduce(
    (sum, { method, amountCents }) => (method === 'credit' ? sum : sum + amountCents),
    0,
  )
  expect(books.ledger.balanceOf('84')).toBe(billed - paid)
  expect(books.ledger.balanceOf('4')).toBe(0)
})
