import { createHmac, timingSafeEqual } from 'node:crypto'
import pg from 'pg'

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 16 })

/** The least a webhook can do: check the signature over the body, keep the event once, answer. */
export async function POST(request) {
  const body = await request.text()
  const header = request.headers.get('stripe-signature') ?? ''
  const [time = '', given = ''] = header.split(',').map((part) => part.split('=')[1] ?? '')
  const expected = createHmac('sha256', process.env.WEBHOOK_SECRET).update(`${time}.${body}`).digest('hex')
  if (given.length !== expected.length || !timingSafeEqual(Buffer.from(given), Buffer.from(expected)))
    return Response.json({ error: 'forged' }, { status: 400 })
  const event = JSON.parse(body)
  await pool.query(
    'insert into floor.events (id, kind, payload, received_at) values ($1, $2, $3, now()) on conflict do nothing',
    [event.id, event.type, body],
  )
  return Response.json({ received: true })
}
