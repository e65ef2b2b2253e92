import { afterAll, beforeEach, expect, test } from 'vitest'
import { createStatementLink, openPayLink } from '@/lib/access/pay-link'
import { windClock } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { json, sql } from '@/lib/base/sql'
import { listInvoices } from '@/lib/billing/queries'
import { chargesAtStripe, makeMsp, tokenFor } from '../../e2e/support/msp.ts'
import { startTestStripe } from '../../sandbox/stripe/test-stripe.ts'
import { payableNow, readOffer } from './payable-invoices'
import { getAttempt } from './queries'
import { startPayment } from './start-payment'

const stripe = await startTestStripe()
process.env.STRIPE_API_URL = stripe.service.url
process.env.STRIPE_SECRET_KEY = stripe.service.credentials.platform.secretKey
const msp = await makeMsp('larkfield', stripe)
const { tenantId } = msp
const where = { ip: '127.0.0.1', userAgent: 'test', locale: 'en-US', origin: 'link' } as const

beforeEach(() => windClock(stripe.clock.now().getTime() - Date.now()))
afterAll(() => stripe.close())

/** Whoever holds a new link of this client's statement; asked again, as they stand now. */
async function holderOf(clientId: string) {
  const token = await withTenant(tenantId, (tx) => createStatementLink(tx, { clientId, sentTo: null }))
  return async () => {
    const link = await openPayLink('larkfield', token)
    if (!link.ok || link.of !== 'statement') throw new Error('the link does not open')
    return link.actor
  }
}

const byCard = () => tokenFor(stripe, { card: '4242424242424242' })

test('all that is open is paid in one charge, and whoever paid finds it paid behind the same link', async () => {
  const clientId = await msp.makeClient()
  const ids = [await msp.makeInvoice(clientId, 10_000n), await msp.makeInvoice(clientId, 20_000n)]
  const holder = await holderOf(clientId)
  const offer = await readOffer(await holder(), undefined)
  expect(offer.invoices.map(({ invoice, payable }) => [invoice.id, payable.minor])).toEqual([
    [ids[0], 10_000n],
    [ids[1], 20_000n],
  ])
  const order = {
    orderKey: newId(),
    invoices: ids.map((invoiceId) => ({ invoiceId })),
    confirmationTokenId: await byCard(),
  }
  const answer = await startPayment(await holder(), order, where)
  expect(answer).toMatchObject({ ok: true })
  const again = await startPayment(await holder(), order, where)
  expect(again).toMatchObject({ attemptId: answer.attemptId })
  expect(await Promise.all(ids.map(msp.balanceOf))).toEqual([0n, 0n])
  const charged = (await chargesAtStripe(stripe)).filter(({ metadata }) => metadata.attempt_id === answer.attemptId)
  expect(charged.map(({ amount }) => amount)).toEqual([30_000])
  const actor = await holder()
  expect((await getAttempt(actor, answer.attemptId ?? '')).state).toBe('succeeded')
  const listed = (await listInvoices(actor, {})).items
  expect(listed.map(({ id, status }) => [id, status]).toSorted()).toEqual(ids.map((id) => [id, 'paid']).toSorted())
  expect((await readOffer(actor, undefined)).invoices).toEqual([])
})

test('a part of one is paid where the MSP allows it, and the rest stays open behind the same link', async () => {
  const settings = { partialPayments: { minimumMinor: 0, minimumBasisPoints: 0 } }
  await withTenant(tenantId, (tx) =>
    tx.run(sql`update tenants set settings = ${json(settings)} where id = ${tx.tenantId}`),
  )
  const clientId = await msp.makeClient()
  const [first, second] = [await msp.makeInvoice(clientId, 10_000n), await msp.makeInvoice(clientId, 20_000n)]
  const holder = await holderOf(clientId)
  const invoices = [{ invoiceId: first }, { invoiceId: second, amountMinor: 5_000n, shortReason: 'The rest follows' }]
  const order = { orderKey: newId(), invoices, confirmationTokenId: await byCard() }
  expect(await startPayment(await holder(), order, where)).toMatchObject({ ok: true })
  expect(await Promise.all([first, second].map(msp.balanceOf))).toEqual([0n, 15_000n])
  expect((await readOffer(await holder(), undefined)).invoices.map(({ payable }) => payable.minor)).toEqual([15_000n])
})

test('nothing of another client is seen or paid by it, alone or among its own', async () => {
  const [clientId, other] = [await msp.makeClient(), await msp.makeClient()]
  const mine = await msp.makeInvoice(clientId, 10_000n)
  const theirs = await msp.makeInvoice(other, 10_000n)
  const actor = await (await holderOf(clientId))()
  await expect(payableNow(actor, [mine, theirs])).rejects.toMatchObject({ kind: 'not-found' })
  expect((await readOffer(actor, [theirs])).invoices).toEqual([])
  for (const ids of [[theirs], [mine, theirs]]) {
    const order = {
      orderKey: newId(),
      invoices: ids.map((invoiceId) => ({ invoiceId })),
      confirmationTokenId: await byCard(),
    }
    expect(await startPayment(actor, order, where)).toMatchObject({ ok: false })
  }
  expect(await Promise.all([mine, theirs].map(msp.balanceOf))).toEqual([10_000n, 10_000n])
})
