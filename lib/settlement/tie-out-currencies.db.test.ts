import { afterAll, expect, test } from 'vitest'
import { now } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { json, sql } from '@/lib/base/sql'
import { money } from '@/lib/money/money'
import { startBooksStage } from '../../e2e/support/books-stage.ts'
import { clientsAbroad } from '../../e2e/support/clients-abroad.ts'
import { latestTieOut } from './queries'
import { partsOf } from './tie-out-figures'

const stage = await startBooksStage('two-currencies')
const { quickbooks, tenantId, staff } = stage
const { bring, owing } = clientsAbroad(stage)
await stage.connect()
await stage.connectPsa()
afterAll(() => stage.stop())

const everywhere = ['psa', 'stripe', 'bank', 'books_receivable', 'books_deposits', 'books_fees']
const usd = (minor: bigint) => money(minor, 'USD')
const cad = (minor: bigint) => money(minor, 'CAD')

/** What was compared in each currency, and by how much it is apart. */
async function compared() {
  const tieOut = await stage.tieOut()
  for (const { currency, comparisons, differences } of partsOf(tieOut))
    for (const { journal, elsewhere, gap } of [...comparisons, ...differences])
      expect([journal.currency, elsewhere.currency, gap.currency]).toEqual([currency, currency, currency])
  const what = partsOf(tieOut).map(({ currency, comparisons }) => [currency, comparisons.map((one) => one.what)])
  return { ...tieOut, what: Object.fromEntries(what) as Record<string, string[]> }
}

const raised = async () => (await stage.exceptions()).filter(({ cause }) => cause === 'tie-out-gap')
const journalOf = ({ comparisons }: Awaited<ReturnType<typeof compared>>, what: string, currency: string) =>
  comparisons.find((one) => one.what === what && one.gap.currency === currency)?.journal

test('an MSP with one currency has one part, and no other is spoken of', async () => {
  await stage.nextInvoice()
  const found = await compared()
  expect([found.gaps, found.unkept, found.what]).toEqual([[usd(0n)], [], { USD: everywhere }])
})

test('books that keep one currency are not asked for the other: that is said, and is no gap', async () => {
  const first = await owing(128_450n, 'none')
  const found = await compared()
  expect(found.what).toEqual({ USD: everywhere, CAD: ['psa', 'stripe', 'bank'] })
  expect(found.unkept).toEqual([{ currency: 'CAD', system: 'QuickBooks', home: 'USD' }])
  expect([found.differences, found.gaps, await raised()]).toEqual([[], [usd(0n), cad(0n)], []])
  expect(journalOf(found, 'psa', 'CAD')).toEqual(cad(128_450n))

  await quickbooks.control('settings', { multicurrency: true })
  const kept = await compared()
  expect([kept.unkept, kept.what]).toEqual([[], { USD: everywhere, CAD: everywhere }])
  expect(kept.gaps).toEqual([usd(0n), cad(128_450n)])
  expect(kept.differences.map(({ cause, gap, subject }) => [cause, gap, subject.label])).toEqual([
    ['books-invoice-missing', cad(-128_450n), first.number],
  ])
  const [asked] = await stage.rows<{ amountMinor: bigint; currency: string }>(
    sql`select amount_minor, currency from exceptions where tenant_id = ${tenantId} and cause = 'tie-out-gap' and closed_at is null`,
  )
  expect(asked).toEqual({ amountMinor: 128_450n, currency: 'CAD' })
  expect(await latestTieOut(staff)).toMatchObject({ gaps: kept.gaps, unkept: [] })

  await bring(first.number, 'Ateliers Beaupré 1', 128_450n, 'CAD')
  const tied = await compared()
  expect([tied.differences, tied.gaps, await raised()]).toEqual([[], [usd(0n), cad(0n)], []])
})

test('paid in both currencies, each ties out to 0.00 by itself, from the invoice to the deposit', async () => {
  const [home, abroad] = [await stage.nextInvoice(), await owing(390_455n)]
  for (const invoice of [home, abroad]) await stage.pay([invoice])
  await stage.drain()
  for (const day of ['2026-11-13', '2026-11-17', '2026-11-20']) await stage.windTo(day)
  await stage.writeAllBack()
  const found = await compared()
  expect([found.differences, found.gaps]).toEqual([[], [usd(0n), cad(0n)]])
  const paid = await stage.rows<{ currency: string; minor: bigint }>(sql`
    select currency, sum(amount_minor)::bigint as minor from payouts where tenant_id = ${tenantId} and state = 'paid' group by currency`)
  expect(new Set(paid.map(({ currency }) => currency))).toEqual(new Set(['CAD', 'USD']))
  for (const { currency, minor } of paid)
    for (const what of ['bank', 'books_deposits'])
      expect(journalOf(found, what, currency)).toEqual(money(minor, currency))
  expect(journalOf(found, 'books_fees', 'CAD')?.minor).toBeGreaterThan(0n)
})

test('a payment deleted in the books is missing in its own currency, and in no other', async () => {
  const abroad = await owing(64_010n)
  await stage.pay([abroad])
  await stage.drain()
  await stage.settle()
  await stage.writeAllBack()
  const there = (await stage.postings()).findLast(({ kind }) => kind === 'payment')
  await quickbooks.remove('Payment', there?.externalId ?? '')
  const broken = await compared()
  expect(broken.gaps).toEqual([usd(0n), cad(64_010n)])
  expect(broken.differences).toMatchObject([
    {
      ...{ what: 'books_receivable', cause: 'document-deleted', elsewhere: cad(64_010n), gap: cad(64_010n) },
      subject: { kind: 'invoice', label: abroad.number },
      words: `The payment of CA$640.10 on invoice ${abroad.number} was deleted or voided in QuickBooks.`,
    },
  ])
})

test('an invoice that stands in the books in another currency is not held against ours as if it were the same', async () => {
  const wrong = await owing(75_000n, 'USD')
  const found = await compared()
  expect(found.differences.find(({ subject }) => subject.id === wrong.id)).toMatchObject({
    ...{ cause: 'books-currency-differs', journal: cad(75_000n), elsewhere: cad(0n), gap: cad(-75_000n) },
    words: `Invoice ${wrong.number} is in USD in QuickBooks, and in CAD in the PSA.`,
  })
  expect(found.gaps[0]).toEqual(usd(0n))
})

test('a tie-out of when one currency was compared is still read', async () => {
  const figures = { currency: 'USD', comparisons: [], differences: [], unasked: [] }
  await withTenant(tenantId, (tx) =>
    tx.run(sql`
      insert into tie_outs (tenant_id, id, at, figures, gap_minor)
      values (${tenantId}, ${newId()}, ${new Date(now().getTime() + 1_000)}, ${json(figures)}, 250)`),
  )
  expect(await latestTieOut(staff)).toMatchObject({ gaps: [usd(250n)], unkept: [], currency: 'USD' })
})

test('nobody else’s staff see it', async () => {
  expect(await latestTieOut({ ...staff, tenantId: newId() })).toBeUndefined()
})
