// npm run worker: the hands. Any number may run side by side.
import { closeDatabase } from '@/lib/base/db'
import { log } from '@/lib/base/log'
import { runWorker } from '@/lib/jobs/run-worker'

/** Jobs under way may take this long to finish once the process is asked to stop; the queue gives them to others later. */
const drainMaxMs = 30_000

try {
  const worker = await runWorker({ concurrency: Number(process.env.WORKER_CONCURRENCY ?? 10) })
  process.once('SIGTERM', () => void drain(worker.stop))
  process.once('SIGINT', () => void drain(worker.stop))
} catch (error) {
  fail(error)
}
process.on('uncaughtException', fail)
process.on('unhandledRejection', fail)

async function drain(stop: () => Promise<void>): Promise<void> {
  setTimeout(() => fail(new Error(`jobs were still running after ${drainMaxMs} ms`)), drainMaxMs).unref()
  try {
    await stop()
    await closeDatabase()
    process.exit(0)
  } catch (error) {
    fail(error)
  }
}

function fail(error: unknown): never {
  log.error({ error }, 'worker.failed')
  process.exit(1)
}
