import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { windClock } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { handlers } from '@/lib/jobs/handlers'
import { startPayment } from '@/lib/payments/start-payment'
import { settlePayouts } from '@/lib/settlement/settle-payouts'
import { startTestStripe } from '../../sandbox/stripe/test-stripe.ts'
import { makeMsp, tokenFor } from '../support/msp.ts'

const stripe = await startTestStripe()
const front = await startFront(stripe.service.url)
process.env.STRIPE_API_URL = front.url
process.env.STRIPE_SECRET_KEY = stripe.service.credentials.platform.secretKey
const follow = () => windClock(stripe.clock.now().getTime() - Date.now())
follow()
const msp = await makeMsp('repeated-work', stripe)
const { tenantId } = msp
afterAll(async () => {
  front.close()
  await stripe.close()
})

async function pay(totalMinor: bigint): Promise<string> {
  const invoiceId = await msp.makeInvoice(await msp.makeClient(), totalMinor)
  const confirmationTokenId = await tokenFor(stripe, { card: '4242424242424242' })
  const order = { orderKey: newId(), invoices: [{ invoiceId }], confirmationTokenId, receiptEmail: 'dana@example.com' }
  const where = { ip: '127.0.0.1', userAgent: 'test', locale: 'en-US', origin: 'link' } as const
  const result = await startPayment({ kind: 'system', tenantId, reason: 'test' }, order, where)
  if (!result.ok) throw new Error(result.reason)
  return result.attemptId
}

const rows = <Row>(statement: ReturnType<typeof sql>) => withTenant(tenantId, (tx) => tx.rows<Row>(statement))

test('fault 5: news worked off again and again, and twice at once, leaves one receipt, one write-back, one of everything', async () => {
  const attemptId = await pay(8_000n)
  const workOff = () => handlers['payment.succeeded'](tenantId, { kind: 'payment.succeeded', attemptId })
  await workOff()
  await Promise.allSettled([workOff(), workOff()])
  await workOff()
  expect(
    await rows(sql`select 1 from messages where tenant_id = ${tenantId} and attempt_id = ${attemptId}`),
  ).toHaveLength(1)
  expect(
    await rows(sql`select 1 from write_backs where tenant_id = ${tenantId} and attempt_id = ${attemptId}`),
  ).toHaveLength(1)
  const due = await rows(
    sql`select 1 from events where tenant_id = ${tenantId} and kind in ('mail.due', 'write_back.due')`,
  )
  expect(due).toHaveLength(2)
})

test('a payout whose list is cut short is not called complete, and a person is told; the whole list mends it', async () => {
  await pay(20_000n)
  await pay(30_000n)
  await stripe.clock.advanceTo(new Date(stripe.clock.now().getTime() + 5 * 86_400_000))
  follow()
  const states = () =>
    rows<{ state: string; isComplete: boolean }>(sql`
    select state, complete_at is not null as is_complete from payouts where tenant_id = ${tenantId}`)
  const alarms = () =>
    rows(sql`
    select 1 from exceptions where tenant_id = ${tenantId} and cause = 'payout-incomplete' and closed_at is null`)

  front.state.isCut = true
  await settlePayouts(tenantId)
  expect(await states()).toEqual([{ state: 'paid', isComplete: false }])
  expect(await alarms()).toHaveLength(1)
  front.state.isCut = false
  await settlePayouts(tenantId)
  expect(await states()).toEqual([{ state: 'paid', isComplete: true }])
  expect(await alarms()).toEqual([])
})

/** Stands between us and Stripe, and may leave out of a payout's list all but the payout itself. */
async function startFront(backend: string) {
  const front = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const { host: _, 'content-length': __, connection: ___, ...headers } = request.headers
    const answer = await fetch(`${backend}${request.url}`, {
      method: request.method ?? 'GET',
      headers: Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]),
      ...(chunks.length === 0 ? {} : { body: Buffer.concat(chunks) }),
    })
    const body = (await answer.json()) as { data?: { type: string }[] }
    if (state.isCut && request.url?.includes('payout='))
      body.data = (body.data ?? []).filter(({ type }) => type === 'payout')
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  const state = { isCut: false }
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve))
  const { port } = front.address() as AddressInfo
  return { state, url: `http://127.0.0.1:${port}`, close: () => front.close() }
}
