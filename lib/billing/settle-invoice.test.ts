import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Account } from '@/lib/ledger/account'
import type { Entry } from '@/lib/ledger/entry'
import { money } from '@/lib/money/money'
import { type Mirrored, type RecordedRow, type Snapshot, settleInvoice, voidInvoice } from './settle-invoice'

const at = new Date('2026-11-21T10:00:00Z')
const today = '2026-11-21'

/** The journal as this test keeps it: what each account holds, and what the trigger makes of the invoice. */
class Books {
  readonly holds = new Map<Account, bigint>()
  settled = 0n
  total = 0n

  write(entries: readonly Entry[]): void {
    for (const { movements } of entries) {
      for (const { debit, credit, amount } of movements) {
        expect(amount.minor).toBeGreaterThanOrEqual(0n)
        this.holds.set(debit, this.on(debit) + amount.minor)
        this.holds.set(credit, this.on(credit) - amount.minor)
        if (debit === 'billed' || credit === 'billed') continue
        if (credit === 'receivable') this.settled += amount.minor
        if (debit === 'receivable') this.settled -= amount.minor
      }
      // What the database refuses at the end of any statement.
      expect(this.settled).toBeGreaterThanOrEqual(0n)
      expect(this.settled).toBeLessThanOrEqual(this.total)
    }
  }

  on(account: Account): bigint {
    return this.holds.get(account) ?? 0n
  }
}

/** One invoice through a history of snapshots, kept as the database would keep it. */
class History {
  readonly books = new Books()
  mirrored: Mirrored | undefined
  version = 0

  see(totalMinor: bigint, payments: Snapshot['payments'], currency = 'USD'): void {
    this.version += 1
    const snapshot: Snapshot = {
      ...{ id: 'i', version: this.version, clientId: 'c', kind: 'invoice', currency, issuedOn: today, totalMinor },
      ...{ payments, unfinished: [] },
    }
    const settlement = settleInvoice(this.mirrored, snapshot, at, today)
    const { books } = this
    if (this.mirrored === undefined) books.total = totalMinor
    books.write(settlement.before)
    books.total = totalMinor
    books.write(settlement.after)
    expect(settlement.settledMinor).toBe(books.settled)
    const rows = new Map((this.mirrored?.recorded ?? []).map((row) => [row.id, row]))
    for (const { id, externalId, amount, paidOn, creditInvoiceId } of settlement.added)
      rows.set(id, row({ id, externalId, amountMinor: amount.minor, paidOn, isCredit: creditInvoiceId !== undefined }))
    for (const id of settlement.gone) rows.set(id, { ...rowOf(rows, id), isGone: true })
    for (const { id, amountMinor } of settlement.restated)
      rows.set(id, { ...rowOf(rows, id), amountMinor, isGone: false })
    const recorded = [...rows.values()]
    const live = recorded.filter(({ isGone }) => !isGone).reduce((sum, { amountMinor }) => sum + amountMinor, 0n)
    this.mirrored = {
      ...{ id: 'i', clientId: 'c', kind: 'invoice', state: 'open', totalMinor, settledMinor: books.settled, recorded },
      parkedMinor: live - books.settled,
    }
  }
}

const row = (facts: Partial<RecordedRow> & Pick<RecordedRow, 'id' | 'externalId' | 'amountMinor'>): RecordedRow => ({
  ...{ paidOn: today, isCredit: false, isOurs: false, isGone: false, isFresher: false },
  ...facts,
})
function rowOf(rows: ReadonlyMap<string, RecordedRow>, id: string): RecordedRow {
  const found = rows.get(id)
  if (found === undefined) throw new Error(`no row ${id}`)
  return found
}
const paid = (externalId: string, minor: bigint, creditInvoiceId?: string) => ({
  ...{ externalId, amount: money(minor, 'USD'), paidOn: today },
  ...(creditInvoiceId === undefined ? {} : { creditInvoiceId }),
})

test('through any history of edits, payments and removals the invoice holds what was paid, up to its total', () => {
  const payment = fc.record({
    id: fc.integer({ min: 1, max: 4 }),
    minor: fc.integer({ min: 1, max: 120 }),
    isCredit: fc.boolean(),
  })
  const step = fc.record({
    total: fc.integer({ min: 0, max: 200 }),
    payments: fc.uniqueArray(payment, { selector: ({ id }) => id, maxLength: 4 }),
  })
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), (steps) => {
      const history = new History()
      for (const { total, payments } of steps) {
        // A row of the PSA is either money or credit for good.
        const rows = payments.map(({ id, minor }) => paid(String(id), BigInt(minor), id % 2 === 0 ? 'memo' : undefined))
        history.see(BigInt(total), rows)
        const pool = rows.reduce((sum, { amount }) => sum + amount.minor, 0n)
        const cash = rows.reduce((sum, { amount, creditInvoiceId }) => sum + (creditInvoiceId ? 0n : amount.minor), 0n)
        const { books } = history
        expect(books.settled).toBe(pool < BigInt(total) ? pool : BigInt(total))
        expect(books.on('bank')).toBe(cash)
        expect(books.on('receivable')).toBe(BigInt(total) - books.settled)
        expect(books.on('billed')).toBe(-BigInt(total))
        expect([...books.holds.values()].reduce((sum, held) => sum + held, 0n)).toBe(0n)
      }
    }),
    { numRuns: 2_000 },
  )
})

test('the same snapshot again says nothing', () => {
  const history = new History()
  history.see(100n, [paid('1', 40n)])
  const snapshot: Snapshot = {
    ...{ id: 'i', version: 1, clientId: 'c', kind: 'invoice', currency: 'USD', issuedOn: today, totalMinor: 100n },
    ...{ payments: [paid('1', 40n)], unfinished: [] },
  }
  expect(settleInvoice(history.mirrored, snapshot, at, today)).toMatchObject({
    before: [],
    after: [],
    added: [],
    gone: [],
  })
})

const standing = (more: Partial<Mirrored>): Mirrored => ({
  ...{
    id: 'i',
    clientId: 'c',
    kind: 'invoice',
    state: 'open',
    totalMinor: 100n,
    settledMinor: 0n,
    parkedMinor: 0n,
    recorded: [],
  },
  ...more,
})
const seen = (more: Partial<Snapshot>): Snapshot => ({
  ...{ id: 'i', version: 2, clientId: 'c', kind: 'invoice', currency: 'USD', issuedOn: today, totalMinor: 100n },
  ...{ payments: [], unfinished: [] },
  ...more,
})
const settle = (was: Partial<Mirrored>, now: Partial<Snapshot>) => settleInvoice(standing(was), seen(now), at, today)

test('a row of our own write-back moves no money, and its removal by somebody else is told', () => {
  const ours = row({ id: 'r', externalId: '9', amountMinor: 100n, isOurs: true })
  expect(settle({ settledMinor: 100n, recorded: [ours] }, { payments: [paid('9', 100n)] })).toMatchObject({
    before: [],
    after: [],
    added: [],
  })
  expect(settle({ settledMinor: 100n, recorded: [ours] }, {})).toMatchObject({
    before: [],
    after: [],
    lost: ['r'],
    gone: [],
  })
})

test('a row that may be our own unfinished write-back is left alone until that is known', () => {
  const found = settle(
    { settledMinor: 100n },
    { payments: [paid('9', 100n)], unfinished: [{ amountMinor: 100n, paidOn: today }] },
  )
  expect(found).toMatchObject({ before: [], after: [], added: [], isHeld: true })
})

test('what we learned after the snapshot was asked for outranks it', () => {
  const fresher = { isFresher: true, externalId: '9', amountMinor: 100n }
  const written = row({ id: 'r', ...fresher, isOurs: true })
  expect(settle({ settledMinor: 100n, recorded: [written] }, {})).toMatchObject({ lost: [], gone: [] })
  const removed = row({ id: 'r', ...fresher, isGone: true })
  expect(settle({ recorded: [removed] }, { payments: [paid('9', 100n)] })).toMatchObject({
    added: [],
    restated: [],
    after: [],
  })
})

test('an invoice that moves to another client leaves the first with nothing, and keeps what was paid', () => {
  const { after } = settle({ settledMinor: 30n }, { clientId: 'd', totalMinor: 120n })
  expect(after[0]?.movements).toMatchObject([
    { debit: 'billed', credit: 'receivable', amount: { minor: 70n }, clientId: 'c' },
    { debit: 'receivable', credit: 'billed', amount: { minor: 90n }, clientId: 'd' },
  ])
})

test('voided: what it asked for is taken back, what was paid is the client’s credit', () => {
  const { movements } = voidInvoice({ ...standing({ settledMinor: 30n }), currency: 'USD', version: 1 }, at, today)
  expect(movements).toMatchObject([
    { debit: 'billed', credit: 'receivable', amount: { minor: 100n } },
    { debit: 'receivable', credit: 'unapplied', amount: { minor: 30n } },
  ])
})

test('a credit memo is the client’s credit, and is taken back when it goes', () => {
  const made = settleInvoice(undefined, seen({ kind: 'credit_memo' }), at, today)
  expect(made.after[0]?.movements).toMatchObject([{ debit: 'billed', credit: 'unapplied', amount: { minor: 100n } }])
  const gone = voidInvoice({ ...standing({ kind: 'credit_memo' }), currency: 'USD', version: 1 }, at, today)
  expect(gone.movements).toMatchObject([{ debit: 'unapplied', credit: 'billed', amount: { minor: 100n } }])
})
