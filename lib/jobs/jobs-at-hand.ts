import 'server-only'
import type { WorkerEvents } from 'graphile-worker'

/** The queue strikes a finished job off by itself, and asks again while the database does not answer. */
const strikingOffMs = 60_000

/** Which jobs of the queue this process is at, or has just done, as the queue itself tells. */
export class JobsAtHand {
  private readonly until = new Map<string, number>()

  constructor(events: WorkerEvents) {
    events.on('job:start', ({ job }) => this.until.set(String(job.id), Number.POSITIVE_INFINITY))
    events.on('job:complete', ({ job }) => this.until.set(String(job.id), performance.now() + strikingOffMs))
  }

  has(id: string): boolean {
    const until = this.until.get(id)
    if (until !== undefined && until < performance.now()) this.until.delete(id)
    return this.until.has(id)
  }
}
