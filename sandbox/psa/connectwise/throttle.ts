import type { Answer } from '../../kernel/service.ts'
import type { Psa } from './psa.ts'
import { Refusal } from './refusal.ts'

/** The tenant's own limit, when one is switched on: so many calls in each minute of the simulated clock. */
export function makeThrottle(psa: Psa): () => void {
  let minute = 0
  let calls = 0
  return () => {
    const current = Math.floor(psa.now() / 60_000)
    calls = current === minute ? calls + 1 : 1
    minute = current
    if (psa.options.requestsPerMinute > 0 && calls > psa.options.requestsPerMinute) throw new Throttled(psa)
  }
}

class Throttled extends Refusal {
  private readonly psa: Psa

  constructor(psa: Psa) {
    super(429, 'ConnectWiseAPI', 'Too many requests')
    this.psa = psa
  }

  override answer(): Answer {
    return tooMany(this.psa)
  }
}

/** The vendor's 429; without the header when the switch says so. */
export function tooMany(psa: Psa): Answer {
  const seconds = psa.options.retryAfterSeconds
  const message = `Too many requests. Please try again in ${seconds ?? 30} seconds.`
  const headers = seconds === null ? {} : { 'retry-after': String(seconds) }
  return { status: 429, headers, body: { error: 'ConnectWiseAPI', message } }
}
