import 'server-only'
import { EventEmitter } from 'node:events'
import { Logger, parseCronItems, type Runner, run, type WorkerEvents } from 'graphile-worker'
import { z } from 'zod'
import { tieOut } from '@/lib/accounting/tie-out'
import { planAutopay } from '@/lib/autopay/plan-autopay'
import { followSandboxClock } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { log } from '@/lib/base/log'
import { ConnectorFault } from '@/lib/connectors/connector-fault'
import { sealJournal } from '@/lib/ledger/seal-journal'
import { sendUnaddressed } from '@/lib/mail/send-new-invoice'
import { runScheduled } from '@/lib/payments/run-scheduled'
import { sweepPayments } from '@/lib/payments/sweep-payments'
import { sweepSetups } from '@/lib/payments/sweep-setups'
import { syncPsa } from '@/lib/psa/sync-psa'
import { settlePayouts } from '@/lib/settlement/settle-payouts'
import { deliver } from '@/lib/webhooks/deliver'
import { freeDeadWorkers } from './free-dead-workers'
import { JobsAtHand } from './jobs-at-hand'
import { nightly } from './nightly'
import { queuePool } from './queue-pool'
import { enqueueSync, tick } from './schedule'
import { work } from './work'

const OfTenant = z.object({ tenantId: z.string() })
const OfSync = OfTenant.extend({ connectionId: z.string(), full: z.boolean() })

/** Starts the hands: takes jobs as they come, and looks at the clock every minute. Any number may run side by side. */
export async function runWorker(options: { concurrency: number }): Promise<{ stop: () => Promise<void> }> {
  // One more than run at once: the queue listens on its own.
  const pool = queuePool(options.concurrency + 1)
  const events: WorkerEvents = new EventEmitter()
  const atHand = new JobsAtHand(events)
  const watch = new Promise<ReturnType<typeof freeDeadWorkers>>((resolve) => {
    events.once('pool:create', ({ workerPool }) => resolve(freeDeadWorkers(workerPool.id, atHand)))
  })
  const runner: Runner = await run({
    events,
    pgPool: pool,
    concurrency: options.concurrency,
    pollInterval: 2_000,
    noHandleSignals: true,
    logger: quietLogger,
    parsedCronItems: parseCronItems([{ task: 'tick', match: '* * * * *', identifier: 'tick' }]),
    taskList: {
      tick,
      work: async (payload) => {
        const { tenantId, eventId } = OfTenant.extend({ eventId: z.string() }).parse(payload)
        await work(tenantId, eventId)
      },
      sync: async (payload) => {
        const { tenantId, connectionId, full } = OfSync.parse(payload)
        await syncNow(tenantId, connectionId, full)
      },
      nightly: async (payload) => {
        const { tenantId, on } = OfTenant.extend({ on: z.string() }).parse(payload)
        await nightly(tenantId, on)
      },
      sweep: async (payload) => {
        const { tenantId } = OfTenant.parse(payload)
        await sweepPayments(tenantId)
        await sweepSetups(tenantId)
      },
      'plan-autopay': async (payload) => {
        await planAutopay(OfTenant.parse(payload).tenantId)
      },
      'run-scheduled': async (payload) => {
        await runScheduled(OfTenant.parse(payload).tenantId)
      },
      settle: async (payload) => {
        const { tenantId } = OfTenant.parse(payload)
        await settlePayouts(tenantId)
        await tieOut(tenantId)
      },
      deliver: async (payload) => {
        const { tenantId, deliveryId } = OfTenant.extend({ deliveryId: z.string() }).parse(payload)
        await deliver(tenantId, deliveryId)
      },
      seal: async (payload) => {
        await withTenant(OfTenant.parse(payload).tenantId, sealJournal)
      },
    },
  })
  // A wound clock makes things due at once.
  const unfollow = await followSandboxClock(
    () => void tick().catch((error: unknown) => log.warn({ error }, 'clock.tick_failed')),
  )
  await tick()
  log.info({ concurrency: options.concurrency }, 'worker.started')
  return {
    stop: async () => {
      unfollow()
      await runner.stop() // waits for the jobs under way
      await (await watch).stop()
      await pool.end() // what was done is marked so before we go
      log.info('worker.stopped')
    },
  }
}

/** A PSA that asks us to wait is asked again when it said, not by the queue's own guess. */
async function syncNow(tenantId: string, connectionId: string, full: boolean): Promise<void> {
  try {
    await syncPsa(tenantId, connectionId, { full })
    await sendUnaddressed(tenantId)
  } catch (error) {
    if (!(error instanceof ConnectorFault) || error.cure !== 'retry') throw error
    log.warn({ tenantId, connectionId, error }, 'sync.postponed')
    await withTenant(tenantId, (tx) => enqueueSync(tx, connectionId, { full, inMs: error.retryAfterMs ?? 30_000 }))
  }
}

const quietLogger = new Logger(() => (level, message) => {
  if (level === 'error') log.warn({ detail: message }, 'queue.trouble')
})
