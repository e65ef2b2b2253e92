import { execFileSync } from 'node:child_process'
import { appendFileSync, chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { closeDatabase, withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { startPayment } from '@/lib/payments/start-payment'
import { checkInvariants } from '@/lib/reports/invariants'
import { startTestStripe } from '../../sandbox/stripe/test-stripe.ts'
import { applyMigrations } from '../../scripts/migrations.ts'
import { type Postgres, startPostgres } from '../../scripts/postgres.ts'
import { makeMsp, tokenFor } from '../support/msp.ts'

const megabyte = Buffer.alloc(1024 * 1024)

/** A disk of its own, in memory; undefined where this user may not make one. */
function smallDisk(): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'closeloop-disk-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=200m', 'tmpfs', folder], { stdio: 'ignore' })
  } catch {
    rmSync(folder, { recursive: true })
    return undefined
  }
  chmodSync(folder, 0o755)
  return folder
}

test('fault 50: with the disk full nothing is charged that is not written down; with room again everything goes on', async (context) => {
  const disk = smallDisk()
  if (disk === undefined) return context.skip('only root may mount a small disk')
  const stripe = await startTestStripe()
  const dataFolder = join(disk, 'data')
  let server: Postgres = await startPostgres({ folder: dataFolder, durable: true })
  onTestFinished(async () => {
    await closeDatabase()
    await server.stop()
    await stripe.close()
    execFileSync('umount', [disk])
    rmSync(disk, { recursive: true })
  })
  await applyMigrations(server.url('postgres'))
  process.env.DATABASE_URL = server.url('postgres')
  process.env.STRIPE_API_URL = stripe.service.url
  process.env.STRIPE_SECRET_KEY = stripe.service.credentials.platform.secretKey
  const msp = await makeMsp('full', stripe)
  const { tenantId } = msp
  const clientId = await msp.makeClient()
  const press = (invoiceId: string, orderKey: string, confirmationTokenId: string) =>
    startPayment(
      { kind: 'system', tenantId, reason: 'test' },
      { orderKey, invoices: [{ invoiceId }], confirmationTokenId },
      { ip: '127.0.0.1', userAgent: 'test', locale: 'en-US', origin: 'link' },
    )
  const orders = []
  for (let at = 0; at < 6; at += 1)
    orders.push({
      invoiceId: await msp.makeInvoice(clientId, 4_000n),
      orderKey: newId(),
      token: await tokenFor(stripe, { card: '4242424242424242' }),
    })

  fill(join(disk, 'filler'))
  await exhaustLog(server)
  const refused = await Promise.allSettled(orders.map((order) => press(order.invoiceId, order.orderKey, order.token)))
  const paidAtOnce = refused.filter((one) => one.status === 'fulfilled' && one.value.ok)
  expect(paidAtOnce).toEqual([])
  expect((await stripe.stripe.charges.list({ limit: 100 })).data).toEqual([])

  rmSync(join(disk, 'filler'))
  // The database that ran out of room for its log has ended; whoever runs it starts it again.
  await server.stop()
  server = await startPostgres({ folder: dataFolder, port: server.port, durable: true })
  for (const order of orders)
    expect(await press(order.invoiceId, order.orderKey, order.token)).toMatchObject({ ok: true, state: 'succeeded' })
  expect((await stripe.stripe.charges.list({ limit: 100 })).data).toHaveLength(orders.length)
  const rows = await withTenant(tenantId, (tx) =>
    tx.rows(sql`select 1 from attempts where tenant_id = ${tx.tenantId} and state = 'succeeded'`),
  )
  expect(rows).toHaveLength(orders.length)
  expect(await checkInvariants(tenantId)).toEqual([])
})

/** Fills the disk to the last byte. */
function fill(file: string): void {
  for (const part of [megabyte, megabyte.subarray(0, 4096)])
    try {
      for (;;) appendFileSync(file, part)
    } catch (error) {
      if ((error as { code?: string }).code !== 'ENOSPC') throw error
    }
}

/** The database has room in the log it has begun; once that is used up, it needs more and there is none. */
async function exhaustLog(server: Postgres): Promise<void> {
  const client = new pg.Client({ connectionString: server.url('postgres') })
  client.on('error', () => {})
  await client.connect()
  try {
    for (;;) {
      await client.query('create temporary table if not exists filler (text text)')
      await client.query(`select pg_logical_emit_message(false, 'filler', repeat('x', 1000000))`)
    }
  } catch {
    await client.end().catch(() => {})
  }
}
