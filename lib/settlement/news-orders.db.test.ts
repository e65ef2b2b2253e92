import { afterAll, expect, test } from 'vitest'
import { pushPosting } from '@/lib/accounting/push-posting'
import { addDays } from '@/lib/base/clock'
import { sql } from '@/lib/base/sql'
import { refundPayment } from '@/lib/payments/refund-payment'
import { startBooksStage } from '../../e2e/support/books-stage.ts'
import { Random } from '../../sandbox/kernel/random.ts'
import { settlePayouts } from './settle-payouts'

const stage = await startBooksStage('orders')
await stage.connect()
await stage.connectPsa()
afterAll(() => stage.stop())

const undeliverable = { card: '4000000000005126' }
const cardOf = (part: bigint) => ({ amountMinor: part, reason: 'Billed twice' })
let day = '2026-11-09'

for (let seed = 1; seed <= 4; seed += 1)
  test(`order ${seed}: in whatever order the news of payments, refunds, disputes and payouts are worked off, the books end alike`, async () => {
    const random = new Random(seed)
    const [kept, refunded, back, lost, debited] = await five()
    await stage.pay([kept])
    const attemptId = await stage.pay([refunded])
    await refundPayment(stage.staff, { attemptId, ...cardOf(refunded.totalMinor / 3n) })
    await refundPayment(stage.staff, { attemptId, ...cardOf(100n) })
    await refundPayment(stage.staff, { attemptId: await stage.pay([back], undeliverable), ...cardOf(200n) })
    const charge = await stage.chargeOf(await stage.pay([lost]))
    const dispute = await stage.stripe.control<{ id: string }>('POST', `dispute/${charge}`, { reason: 'fraudulent' })
    await stage.stripe.stripe.disputes.close(dispute.id)
    await stage.pay([debited], { bank: '000555555559' })
    for (let rounds = 0; rounds < 3; rounds += 1) {
      day = addDays(day, 5)
      await stage.wind(day)
      await stage.hear()
      await settlePayouts(stage.tenantId)
      await stage.drainAtRandom(random)
    }

    expect(await stage.booksBalance(kept)).toBe(0n)
    expect(await stage.booksBalance(refunded)).toBe(refunded.totalMinor / 3n + 100n)
    expect(await stage.booksBalance(back)).toBe(0n)
    expect(await stage.booksBalance(lost)).toBe(lost.totalMinor)
    expect(await stage.booksBalance(debited)).toBe(debited.totalMinor)
    expect((await stage.postings()).filter(({ state }) => state !== 'posted')).toEqual([])
    await stage.writeAllBack()
    const { differences, gaps, unasked } = await stage.tieOut()
    expect({ differences, unasked, gaps }).toEqual({
      differences: [],
      unasked: [],
      gaps: [{ minor: 0n, currency: 'USD' }],
    })
  })

test('what is paid, given back and paid again is paid again in the books only once it was given back there', async () => {
  const invoice = await stage.nextInvoice()
  const first = await stage.pay([invoice])
  await refundPayment(stage.staff, { attemptId: first, ...cardOf(invoice.totalMinor) })
  await stage.pay([invoice])
  await stage.drain(['posting.due'])
  const [paid, back, again] = (await stage.postings()).filter(({ state }) => state === 'waiting')
  expect([paid?.kind, back?.kind, again?.kind]).toEqual(['payment', 'refund', 'payment'])

  await pushPosting(stage.tenantId, paid?.id ?? '')
  await pushPosting(stage.tenantId, again?.id ?? '')
  const held = (await stage.postings()).find(({ id }) => id === again?.id)
  expect([held?.state, held?.error]).toEqual(['waiting', 'what opened its invoice again before is not posted yet'])
  expect(await stage.booksBalance(invoice)).toBe(0n)

  await stage.rows(sql`update events set state = 'done' where tenant_id = ${stage.tenantId} and state = 'waiting'`)
  await pushPosting(stage.tenantId, back?.id ?? '')
  await stage.drain()
  expect((await stage.postings()).filter(({ state }) => state !== 'posted')).toEqual([])
  expect(await stage.booksBalance(invoice)).toBe(0n)
})

test('a refund that had come back before anybody here heard of it does not hold up the deposits of its money', async () => {
  const invoice = await stage.nextInvoice()
  const charge = await stage.chargeOf(await stage.pay([invoice], undeliverable))
  await stage.stripe.stripe.refunds.create({ charge, amount: 300 })
  for (let rounds = 0; rounds < 3; rounds += 1) {
    day = addDays(day, 5)
    await stage.windTo(day)
  }
  expect((await stage.postings()).filter(({ state }) => state !== 'posted')).toEqual([])
  expect(await stage.booksBalance(invoice)).toBe(0n)
  await stage.writeAllBack()
  const { differences, gaps } = await stage.tieOut()
  expect({ differences, gaps }).toEqual({ differences: [], gaps: [{ minor: 0n, currency: 'USD' }] })
})

async function five() {
  const next = stage.nextInvoice
  return [await next(), await next(), await next(), await next(), await next()] as const
}
