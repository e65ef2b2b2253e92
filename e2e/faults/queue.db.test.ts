import { EventEmitter } from 'node:events'
import type { Job, WorkerEventMap, WorkerEvents } from 'graphile-worker'
import pg from 'pg'
import { expect, test } from 'vitest'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { json, sql } from '@/lib/base/sql'
import { freeDeadWorkers } from '@/lib/jobs/free-dead-workers'
import { JobsAtHand } from '@/lib/jobs/jobs-at-hand'
import { queuePool } from '@/lib/jobs/queue-pool'
import { runWorker } from '@/lib/jobs/run-worker'
import { work } from '@/lib/jobs/work'
import { makeMsp } from '../support/msp.ts'

const { tenantId, makeClient, makeInvoice } = await makeMsp('queue')

async function keep(kind: string, payload: object): Promise<string> {
  const id = newId()
  await withTenant(tenantId, (tx) =>
    tx.run(sql`
      insert into events (tenant_id, id, source, external_id, kind, payload, received_at)
      values (${tx.tenantId}, ${id}, 'test', ${id}, ${kind}, ${json(payload)}, now())`),
  )
  return id
}

async function enqueue(id: string): Promise<void> {
  await withTenant(tenantId, (tx) =>
    tx.run(sql`select enqueue('work', ${json({ tenantId, eventId: id })}::json, ${`event:${id}`})`),
  )
}

async function read(id: string): Promise<{ state: string; failures: number } | undefined> {
  return withTenant(tenantId, (tx) =>
    tx.row(sql`select state, failures from events where tenant_id = ${tx.tenantId} and id = ${id}`),
  )
}

test('fault 21: an event that always fails is put before a person after a dozen tries, and tried no more', async () => {
  const poison = await keep('no.such.kind', {})
  for (let tries = 0; tries < 12; tries += 1) await expect(work(tenantId, poison)).rejects.toThrow('Nobody handles')
  expect(await read(poison)).toEqual({ state: 'dead', failures: 12 })
  await work(tenantId, poison)
  expect(await read(poison)).toEqual({ state: 'dead', failures: 12 })
  const raised = await withTenant(tenantId, (tx) =>
    tx.rows(sql`
      select 1 from exceptions where tenant_id = ${tx.tenantId} and cause = 'event-dead' and subject_id = ${poison} and closed_at is null`),
  )
  expect(raised).toHaveLength(1)
})

test('fault 21: while one event fails, those behind it are worked off by the real queue', async () => {
  const invoiceId = await makeInvoice(await makeClient(), 1_000n)
  const ids = [await keep('no.such.kind', {})]
  for (let count = 0; count < 20; count += 1) ids.push(await keep('invoice.voided', { invoiceId }))
  for (const id of ids) await enqueue(id)
  const worker = await runWorker({ concurrency: 2 })
  try {
    await expect
      .poll(async () => Promise.all(ids.slice(1).map(async (id) => (await read(id))?.state)), { timeout: 20_000 })
      .toEqual(Array(20).fill('done'))
    await expect.poll(async () => (await read(ids[0] ?? ''))?.failures ?? 0, { timeout: 20_000 }).toBeGreaterThan(0)
  } finally {
    await worker.stop()
  }
})

test('fault 49: a connection that is cut off under the queue is told as one to try again, never as the end', async () => {
  const pool = queuePool(1)
  const client = await pool.connect()
  const cut = client.query('select pg_terminate_backend(pg_backend_pid())')
  await expect(cut).rejects.toMatchObject({ code: '57P03' })
  await expect(client.query('select 1')).rejects.toMatchObject({ code: '57P03' })
  client.release(true)
  expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }])
  await pool.end()
})

test('fault 5: what a dead worker held is taken over in seconds, not when the queue gives it up after hours', async () => {
  const invoiceId = await makeInvoice(await makeClient(), 1_000n)
  const id = await keep('invoice.voided', { invoiceId })
  await enqueue(id)
  await giveTo('pool-killed')
  const worker = await runWorker({ concurrency: 1 })
  try {
    await expect.poll(async () => (await read(id))?.state, { timeout: 20_000 }).toBe('done')
  } finally {
    await worker.stop()
  }
})

test('fault 49: a job that the database gave to a worker as it died, and that never arrived, is taken up again', async () => {
  const invoiceId = await makeInvoice(await makeClient(), 1_000n)
  const [lost, atHand] = [await keep('invoice.voided', { invoiceId }), await keep('invoice.voided', { invoiceId })]
  for (const id of [lost, atHand]) await enqueue(id)
  await giveTo('pool-alive')
  const events: WorkerEvents = new EventEmitter()
  const alive = freeDeadWorkers('pool-alive', new JobsAtHand(events))
  const [held] = await inQueue<Job>('select * from graphile_worker._private_jobs where key = $1', [`event:${atHand}`])
  if (held === undefined) throw new Error('no job')
  events.emit('job:start', { job: held } as WorkerEventMap['job:start'])
  const other = await runWorker({ concurrency: 1 })
  try {
    await expect.poll(async () => (await read(lost))?.state, { timeout: 20_000 }).toBe('done')
    expect((await read(atHand))?.state).toBe('waiting')
  } finally {
    await other.stop()
    await alive.stop()
  }
})

/** As the queue's own statement does. */
async function giveTo(workerId: string): Promise<void> {
  await inQueue(
    `update graphile_worker._private_jobs set locked_by = $1, locked_at = now() - interval '5 seconds', attempts = attempts + 1`,
    [workerId],
  )
}

async function inQueue<Row extends pg.QueryResultRow>(text: string, values: string[] = []): Promise<Row[]> {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL })
  await client.connect()
  const { rows } = await client.query<Row>(text, values)
  await client.end()
  return rows
}
