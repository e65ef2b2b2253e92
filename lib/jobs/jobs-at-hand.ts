import 'server-only'
import type { WorkerEvents } from 'graphile-worker'

/** The queue strikes a finished job off by itself, and asks again while the database does not answer. */
const strikingOffMs = 60_000

/** Which jobs of the queue this process is at, or has just done, as the queue itself tells. */
export class JobsAtHand {
  /** The latest run of each, counted through: one that failed may be begun again before it is forgotten. */
  private readonly runs = new Map<string, number>()
  private begun = 0

  constructor(events: WorkerEvents) {
    events.on('job:start', ({ job }) => {
      this.begun += 1
      this.runs.set(String(job.id), this.begun)
    })
    events.on('job:complete', ({ job }) => {
      const id = String(job.id)
      const run = this.runs.get(id)
      const forget = () => this.runs.get(id) === run && this.runs.delete(id)
      setTimeout(forget, strikingOffMs).unref()
    })
  }

  has(id: string): boolean {
    return this.runs.has(id)
  }

  get size(): number {
    return this.runs.size
  }
}
