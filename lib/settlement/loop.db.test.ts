import { afterAll, expect, test } from 'vitest'
import { refundPayment } from '@/lib/payments/refund-payment'
import { startBooksStage } from '../../e2e/support/books-stage.ts'
import { getPayout } from './get-payout'
import { latestTieOut, listPayouts, listPostings, listWriteBacks } from './queries'

const stage = await startBooksStage('loop')
await stage.connect()
await stage.connectPsa()
afterAll(() => stage.stop())

type Deposit = {
  Id: string
  TotalAmt: number
  Line: { Amount: number; LinkedTxn?: { TxnType: string }[]; Description?: string }[]
}
const deposits = async () =>
  (await stage.quickbooks.records('Deposit')) as unknown as (Deposit & { PrivateNote?: string })[]
const ours = async () => (await deposits()).filter(({ PrivateNote = '' }) => PrivateNote.includes('Closeloop'))

test('a card payment reaches the books, its payout becomes one deposit to the cent, and everything ties out to 0.00', async () => {
  const [first, second] = [await stage.nextInvoice(), await stage.nextInvoice()]
  await stage.pay([first])
  await stage.pay([second])
  await stage.drain()
  expect(await stage.booksBalance(first)).toBe(0n)
  expect(await stage.booksBalance(second)).toBe(0n)

  await stage.windTo('2026-11-13')
  const [deposit, ...more] = await ours()
  expect(more).toEqual([])
  const { items } = await listPayouts(stage.staff)
  const [payout] = items
  expect(payout?.state).toBe('paid')
  expect(Math.round((deposit?.TotalAmt ?? 0) * 100)).toBe(Number(payout?.amount.minor))
  expect(deposit?.Line.filter((line) => line.LinkedTxn?.[0]?.TxnType === 'Payment')).toHaveLength(2)
  expect(deposit?.Line.filter((line) => line.Amount < 0 && line.Description?.startsWith('Stripe fee'))).toHaveLength(2)

  await stage.writeAllBack()
  const tieOut = await stage.tieOut()
  expect(tieOut.differences).toEqual([])
  expect(tieOut.unasked).toEqual([])
  expect(tieOut.gaps).toEqual([{ minor: 0n, currency: 'USD' }])
  expect(tieOut.comparisons.map(({ what, gap, onItsWay }) => [what, gap.minor, onItsWay.minor])).toEqual([
    ['psa', 0n, 0n],
    ['stripe', 0n, 0n],
    ['bank', 0n, 0n],
    ['books_receivable', 0n, 0n],
    ['books_deposits', 0n, 0n],
    ['books_fees', 0n, 0n],
  ])
  expect(await latestTieOut(stage.staff)).toEqual(tieOut)
  expect(await stage.exceptions()).toEqual([])

  const view = await getPayout(stage.staff, payout?.id ?? '')
  expect(view.movements).toHaveLength(2)
  expect(view.sums.net).toEqual(view.amount)
  expect(view.checks.map(({ against, state }) => [against, state])).toEqual([
    ['stripe', 'ok'],
    ['bank', 'ok'],
    ['books', 'ok'],
    ['psa', 'ok'],
  ])
  const debits = view.lines.reduce((sum, { debit }) => sum + (debit?.minor ?? 0n), 0n)
  const credits = view.lines.reduce((sum, { credit }) => sum + (credit?.minor ?? 0n), 0n)
  expect(debits).toBe(credits)
  expect(view.lines.map(({ account }) => account)).toEqual(['Operating', 'Processor fees', 'Accounts Receivable (A/R)'])
  expect((await listPostings(stage.staff)).items).toHaveLength(3)
  expect((await listWriteBacks(stage.staff)).items.map(({ state }) => state)).toEqual(['in_step', 'in_step'])
})

test('while money is on its way nothing is a difference, and the tie-out says how much is', async () => {
  const invoice = await stage.nextInvoice()
  await stage.pay([invoice])
  await stage.settle()
  await stage.drain(['posting.due'])
  const waiting = await stage.tieOut()
  expect(waiting.gaps).toEqual([{ minor: 0n, currency: 'USD' }])
  const [psa, stripe] = waiting.comparisons
  expect(psa?.onItsWay.minor).toBe(invoice.totalMinor)
  expect(stripe?.gap.minor).toBe(0n)
  await stage.drain()
  await stage.writeAllBack()
})

test('a partial refund goes through the books and its payout, and the invoice is open again everywhere', async () => {
  const invoice = await stage.nextInvoice()
  const attemptId = await stage.pay([invoice])
  await stage.drain()
  const refund = { minor: invoice.totalMinor / 4n, currency: 'USD' }
  await refundPayment(stage.staff, { attemptId, amountMinor: refund.minor, reason: 'Credit for a late visit' })
  await stage.drain()
  expect(await stage.booksBalance(invoice)).toBe(refund.minor)
  expect(await stage.msp.balanceOf(invoice.id)).toBe(refund.minor)

  await stage.windTo('2026-11-18')
  const last = (await ours()).at(-1)
  expect(last?.Line.some((line) => line.LinkedTxn?.[0]?.TxnType === 'JournalEntry' && line.Amount < 0)).toBe(true)
  await stage.writeAllBack()
  const tieOut = await stage.tieOut()
  expect(tieOut.differences).toEqual([])
  expect(tieOut.gaps).toEqual([{ minor: 0n, currency: 'USD' }])
})

test('a refund the bank could not deliver leaves the invoice paid, in the books too', async () => {
  const invoice = await stage.nextInvoice()
  const attemptId = await stage.pay([invoice], { card: '4000000000005126' })
  await stage.drain()
  await refundPayment(stage.staff, { attemptId, amountMinor: 1_000n, reason: 'Credit for a late visit' })
  await stage.drain()
  expect(await stage.booksBalance(invoice)).toBe(1_000n)
  await stage.windTo('2026-11-20')
  expect(await stage.msp.balanceOf(invoice.id)).toBe(0n)
  expect(await stage.booksBalance(invoice)).toBe(0n)
  await tiesOut()
})

test('fault 35: a bank debit returned after its payout is taken from the next one, which still sums up', async () => {
  const invoice = await stage.nextInvoice()
  const attemptId = await stage.pay([invoice], { bank: '000123456789' })
  await stage.windTo('2026-11-27')
  expect(await stage.msp.balanceOf(invoice.id)).toBe(0n)
  expect(await stage.booksBalance(invoice)).toBe(0n)

  await stage.stripe.control('POST', `return/${await stage.chargeOf(attemptId)}`, { code: 'R01' })
  await payAtLeast(invoice.totalMinor)
  await stage.windTo('2026-11-28')
  expect(await stage.msp.balanceOf(invoice.id)).toBe(invoice.totalMinor)
  expect(await stage.booksBalance(invoice)).toBe(invoice.totalMinor)

  await stage.windTo('2026-12-04')
  const taken = (await ours()).flatMap(({ Line }) =>
    Line.filter((line) => line.LinkedTxn?.[0]?.TxnType === 'JournalEntry'),
  )
  expect(taken.map(({ Amount }) => cents(Amount))).toContain(-invoice.totalMinor)
  await tiesOut()
  // It can be paid again like any other.
  await stage.pay([invoice])
  await stage.drain()
  expect(await stage.booksBalance(invoice)).toBe(0n)
})

test('fault 36: a card dispute is set aside when it opens, comes back when won, and opens the invoice when lost', async () => {
  const [won, lost] = [await stage.nextInvoice(), await stage.nextInvoice()]
  const disputed: { invoice: typeof won; id: string }[] = []
  for (const invoice of [won, lost]) {
    const charge = await stage.chargeOf(await stage.pay([invoice]))
    const { id } = await stage.stripe.control<{ id: string }>('POST', `dispute/${charge}`, { reason: 'fraudulent' })
    disputed.push({ invoice, id })
  }
  await payAtLeast(won.totalMinor + lost.totalMinor)
  await stage.windTo('2026-12-07')
  // Until it is decided, nobody owes anything again.
  for (const { invoice } of disputed) expect(await stage.booksBalance(invoice)).toBe(0n)
  await tiesOut()

  const { disputes } = stage.stripe.stripe
  await disputes.update(disputed[0]?.id ?? '', { evidence: { uncategorized_text: 'winning_evidence' }, submit: true })
  await disputes.close(disputed[1]?.id ?? '')
  await stage.windTo('2026-12-18')
  expect(await stage.booksBalance(won)).toBe(0n)
  expect(await stage.booksBalance(lost)).toBe(lost.totalMinor)
  expect(await stage.msp.balanceOf(lost.id)).toBe(lost.totalMinor)
  await tiesOut()
})

test('news that come in the wrong order leave the books as those in the right one', async () => {
  const invoice = await stage.nextInvoice()
  const attemptId = await stage.pay([invoice], { card: '4000000000005126' })
  const part = 2_000n
  await refundPayment(stage.staff, { attemptId, amountMinor: part, reason: 'Credit for a late visit' })
  await stage.drain(['payment.succeeded'])
  expect(await stage.booksBalance(invoice)).toBe(invoice.totalMinor)
  await stage.drain()
  expect(await stage.booksBalance(invoice)).toBe(part)

  // And here the refund that comes back before the books have heard of it.
  const other = await stage.nextInvoice()
  const paid = await stage.pay([other], { card: '4000000000005126' })
  await stage.drain()
  await refundPayment(stage.staff, { attemptId: paid, amountMinor: part, reason: 'Credit for a late visit' })
  await stage.windTo('2026-12-22', 20, ['refund.succeeded'])
  await stage.drain()
  await stage.settle()
  expect(await stage.booksBalance(other)).toBe(0n)
  expect(await stage.booksBalance(invoice)).toBe(0n)
  await tiesOut()
})

test('a payment whose answer was lost, and whose payout is quicker than whoever asks again, is in the books once it is known', async () => {
  const invoice = await stage.nextInvoice()
  const { faults } = stage.stripe.service
  faults.rules = [{ kind: 'reset-after', match: 'POST /v1/payment_intents$', times: 2 }]
  await stage.pay([invoice])
  faults.clear()
  await stage.wind('2026-12-30')
  await stage.settle()
  const refused = async () => (await stage.exceptions()).filter(({ cause }) => cause === 'books-refused')
  expect((await refused()).map(({ detail }) => detail)).toEqual([
    expect.stringContaining('that did not come through Closeloop'),
  ])

  await stage.hear()
  await stage.drain()
  await stage.settle()
  expect(await stage.booksBalance(invoice)).toBe(0n)
  await tiesOut()
  expect(await refused()).toEqual([])
})

test('in the end every posting is in the books', async () => {
  await stage.windTo('2027-01-06')
  expect((await stage.postings()).filter(({ state }) => state !== 'posted')).toEqual([])
})

/** Enough other money that the next payout is a positive one. */
async function payAtLeast(minor: bigint): Promise<void> {
  for (let paid = 0n; paid <= minor + minor / 10n; ) {
    const invoice = await stage.nextInvoice()
    await stage.pay([invoice])
    paid += invoice.totalMinor
  }
}

async function tiesOut(): Promise<void> {
  await stage.writeAllBack()
  const { differences, gaps, unasked } = await stage.tieOut()
  expect({ differences, unasked }).toEqual({ differences: [], unasked: [] })
  expect(gaps).toEqual([{ minor: 0n, currency: 'USD' }])
}

function cents(amount: number): bigint {
  return BigInt(Math.round(amount * 100))
}
