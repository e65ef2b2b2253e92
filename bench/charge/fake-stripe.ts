// A Stripe that only answers: it charges whatever it is asked, after a pause, and keeps nothing. For measuring what is ours.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

const latencyMs = Number(process.env.FAKE_LATENCY_MS ?? 0)
let count = 0

const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const form = new URLSearchParams(Buffer.concat(chunks).toString('utf8'))
    const answer = () => {
      response.writeHead(200, { 'content-type': 'application/json', 'request-id': 'req_bench' })
      response.end(JSON.stringify(intentOf(form)))
    }
    if (latencyMs === 0) answer()
    else setTimeout(answer, latencyMs)
  })
})
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => {
  process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
})
process.on('disconnect', () => process.exit(0))

function intentOf(form: URLSearchParams): object {
  count += 1
  const id = `${process.pid}${String(count).padStart(16, '0')}`
  const amount = Number(form.get('amount'))
  const currency = form.get('currency') ?? 'usd'
  const card = { brand: 'visa', funding: 'credit', last4: '4242', exp_month: 12, exp_year: 2034, country: 'US' }
  const metadata = { attempt_id: form.get('metadata[attempt_id]'), tenant_id: form.get('metadata[tenant_id]') }
  const created = Math.floor(Date.now() / 1000)
  return {
    id: `pi_${id}`,
    object: 'payment_intent',
    amount,
    currency,
    created,
    status: 'succeeded',
    client_secret: `pi_${id}_secret_bench`,
    description: form.get('description'),
    payment_method_types: ['card'],
    metadata,
    last_payment_error: null,
    payment_method: { id: `pm_${id}`, object: 'payment_method', type: 'card', card },
    latest_charge: {
      id: `ch_${id}`,
      object: 'charge',
      amount,
      currency,
      created,
      status: 'succeeded',
      payment_method_details: { type: 'card', card },
      balance_transaction: { id: `txn_${id}`, object: 'balance_transaction', amount, fee: 320, net: amount - 320 },
    },
  }
}
