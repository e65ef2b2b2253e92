import { afterAll, expect, test } from 'vitest'
import { now, windClock } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { makeMsp, tokenFor } from '../../e2e/support/msp.ts'
import { Random } from '../../sandbox/kernel/random.ts'
import { startTestStripe } from '../../sandbox/stripe/test-stripe.ts'
import { reconcilePayments } from './reconcile-payments'
import { startPayment } from './start-payment'
import { takeStripeEvent } from './take-stripe-event'

const stripe = await startTestStripe()
process.env.STRIPE_API_URL = stripe.service.url
process.env.STRIPE_SECRET_KEY = stripe.service.credentials.platform.secretKey
const msp = await makeMsp('orders', stripe)
const { tenantId } = msp
afterAll(() => stripe.close())

type Named = { object: string; objectId: string }
const clientId = await msp.makeClient()

/** A payment whose answer got lost, refunded twice and disputed since: nothing of all that is known here yet. */
async function pastUnheard(): Promise<{ attemptId: string; invoiceId: string; objects: Named[] }> {
  const invoiceId = await msp.makeInvoice(clientId, 5_000n)
  const confirmationTokenId = await tokenFor(stripe, { card: '4242424242424242' })
  stripe.service.faults.rules = [{ kind: 'reset-after', match: 'POST /v1/payment_intents$', times: 2 }]
  const { attemptId = '' } = await startPayment(
    { kind: 'system', tenantId, reason: 'test' },
    { orderKey: newId(), invoices: [{ invoiceId }], confirmationTokenId },
    { ip: '127.0.0.1', userAgent: 'test', locale: 'en-US', origin: 'link' },
  )
  stripe.service.faults.clear()
  const intents = await stripe.stripe.paymentIntents.list({ limit: 3 })
  const intent = intents.data.find(({ metadata }) => metadata.attempt_id === attemptId)
  if (intent === undefined) throw new Error('nothing was charged')
  const refund = (amount: number) => stripe.stripe.refunds.create({ payment_intent: intent.id, amount })
  const refunds = [await refund(1_000), await refund(700)]
  const chargeId = String(intent.latest_charge)
  await stripe.control('POST', `dispute/${chargeId}`, { reason: 'product_not_received' })
  const disputes = await stripe.stripe.disputes.list({ charge: chargeId })
  return {
    attemptId,
    invoiceId,
    objects: [
      { object: 'payment_intent', objectId: intent.id },
      { object: 'charge', objectId: chargeId },
      ...refunds.map(({ id }) => ({ object: 'refund', objectId: id })),
      ...disputes.data.map(({ id }) => ({ object: 'dispute', objectId: id })),
    ],
  }
}

const hear = (one: Named) =>
  takeStripeEvent(tenantId, { kind: 'stripe.event', eventId: newId(), type: 'x', account: stripe.account, ...one })

/** All that can be seen of a payment: its state, what the invoice owes, and each kind of entry with its sum. */
async function standing({ attemptId, invoiceId }: { attemptId: string; invoiceId: string }): Promise<unknown> {
  const [attempt, entries] = await withTenant(tenantId, async (tx) => [
    await tx.row(sql`
      select state, refunded_minor from attempts where tenant_id = ${tx.tenantId} and id = ${attemptId}`),
    await tx.rows(sql`
      select e.cause_kind, l.debit, l.credit, sum(l.amount_minor)::bigint as minor
      from journal_entries e join journal_lines l on l.tenant_id = e.tenant_id and l.entry_id = e.id
      where e.tenant_id = ${tx.tenantId} and l.attempt_id = ${attemptId} group by 1, 2, 3 order by 1, 2, 3`),
  ])
  return { attempt, entries, owes: await msp.balanceOf(invoiceId) }
}

function ordersOf<Item>(items: Item[]): Item[][] {
  if (items.length < 2) return [items]
  return items.flatMap((first, at) =>
    ordersOf(items.filter((_, other) => other !== at)).map((others) => [first, ...others]),
  )
}

test('fault 14, 15, 16: five events in all 120 orders, some twice, some lost, come to the same as in order', async () => {
  const inOrder = await pastUnheard()
  for (const one of inOrder.objects) await hear(one)
  const expected = await standing(inOrder)
  expect(expected).toMatchObject({ attempt: { state: 'disputed', refundedMinor: 1_700n } })

  const random = new Random('orders')
  for (const order of ordersOf([0, 1, 2, 3, 4])) {
    await stripe.clock.advanceTo(new Date(stripe.clock.now().getTime() + 3_600_000))
    windClock(stripe.clock.now().getTime() - Date.now())
    const began = now()
    const past = await pastUnheard()
    let isAnyLost = false
    for (const at of order) {
      const one = past.objects[at]
      if (one === undefined) throw new Error('no such event')
      const fate = random.between(1, 8)
      if (fate === 1) isAnyLost = true
      else if (fate === 2) await hear(one).then(() => hear(one))
      else if (fate === 3) await Promise.all([hear(one), hear(one)])
      else await hear(one)
    }
    if (isAnyLost) await reconcilePayments(tenantId, began)
    expect(await standing(past), order.join(' ')).toEqual(expected)
  }
})
