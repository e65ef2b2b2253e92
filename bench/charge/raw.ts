// The hand-written loop: the floor's two transactions and a call to Stripe between them, with nothing that makes it safe.
import { Agent, request } from 'node:http'
import pg from 'pg'
import { beCharger } from './charger.ts'
import { runCharges } from './run-charges.ts'

const { DATABASE_URL, STRIPE_API_URL = '' } = process.env
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 32 })
const agent = new Agent({ keepAlive: true })
const ROWS = 100_000
let last = 0

beCharger(async ({ count, pace }) => {
  const ids = Array.from({ length: count }, () => {
    last = (last % ROWS) + 1
    return last
  })
  return () =>
    runCharges(ids.map(String), pace, async (id) => {
      await inTransaction(async (run) => {
        await run('claim', `update floor.attempts set state = 'sent', state_at = now() where id = $1`, [id])
        await run('bump', 'update floor.invoices set in_flight = in_flight + 1 where id = $1', [id])
      })
      const intent = STRIPE_API_URL === '' ? `pi_${id}` : await charge(id)
      await inTransaction(async (run) => {
        await run(
          'settle',
          `update floor.attempts set state = 'succeeded', intent = $2, state_at = now() where id = $1`,
          [id, intent],
        )
        await run(
          'ledger',
          `insert into floor.ledger (attempt_id, debit, credit, amount, at) values ($1, 'clearing', 'receivable', 10000, now()), ($1, 'fees', 'clearing', 320, now())`,
          [id],
        )
        await run(
          'invoice',
          'update floor.invoices set balance = balance - 1, in_flight = in_flight - 1, settled_at = now() where id = $1',
          [id],
        )
        await run(
          'outbox',
          `insert into floor.outbox (kind, attempt_id, payload, at) values ('payment.succeeded', $1, '{}', now()), ('receipt.due', $1, '{}', now())`,
          [id],
        )
      })
      return true
    })
})

type Run = (name: string, text: string, values: string[]) => Promise<unknown>

async function inTransaction(work: (run: Run) => Promise<void>): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    await work((name, text, values) => client.query({ name, text, values }))
    await client.query('commit')
  } finally {
    client.release()
  }
}

function charge(id: string): Promise<string> {
  const form = new URLSearchParams({ amount: '10000', currency: 'usd', confirm: 'true', 'metadata[attempt_id]': id })
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'idempotency-key': id }
  return new Promise((done, fail) => {
    const outgoing = request(`${STRIPE_API_URL}/v1/payment_intents`, { method: 'POST', agent, headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => done((JSON.parse(Buffer.concat(chunks).toString('utf8')) as { id: string }).id))
    })
    outgoing.on('error', fail)
    outgoing.end(form.toString())
  })
}
