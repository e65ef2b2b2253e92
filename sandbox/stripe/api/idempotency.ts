import { createHash } from 'node:crypto'
import type { SimClock } from '../../kernel/clock.ts'
import { malformed, StripeRefusal } from './errors.ts'

type Answered = { status: number; body: string; requestId: string }

type Entry = { path: string; parameters: string; until: number; answer: Answered | 'in progress' }

const keptMs = 24 * 3_600_000

/** What was answered to which key. The first answer stands, refusals and breakdowns included, for a day. */
export class IdempotencyKeys {
  private readonly clock: SimClock
  private readonly entries = new Map<string, Entry>()

  constructor(clock: SimClock) {
    this.clock = clock
  }

  /** The answer to replay, or undefined when the caller is the first and has to `keep` or `forget`. */
  begin(scope: string, key: string, path: string, body: string): Answered | undefined {
    if (key.length > 255)
      throw malformed('Idempotency-Key must be at most 255 characters long.', undefined, 'idempotency_key')
    const name = `${scope} ${key}`
    const parameters = createHash('sha256').update(body).digest('base64')
    const entry = this.entries.get(name)
    const now = this.clock.now().getTime()
    if (entry === undefined || entry.until <= now) {
      this.entries.delete(name) // so that the map stays ordered by age
      this.entries.set(name, { path, parameters, until: now + keptMs, answer: 'in progress' })
      this.dropOutdated(now)
      return undefined
    }
    if (entry.path !== path) {
      throw mismatch(
        `Keys for idempotent requests can only be used for the same endpoint they were first used for ('${path}' vs '${entry.path}'). Try using a key other than '${key}' if you meant to execute a different request.`,
      )
    }
    if (entry.parameters !== parameters) {
      throw mismatch(
        `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
      )
    }
    if (entry.answer === 'in progress') throw inUse(key)
    return entry.answer
  }

  keep(scope: string, key: string, answer: Answered): void {
    const entry = this.entries.get(`${scope} ${key}`)
    if (entry !== undefined) entry.answer = answer
  }

  forget(scope: string, key: string): void {
    this.entries.delete(`${scope} ${key}`)
  }

  private dropOutdated(now: number): void {
    for (const [name, entry] of this.entries) {
      if (entry.until > now) return
      this.entries.delete(name)
    }
  }
}

function mismatch(message: string): StripeRefusal {
  return new StripeRefusal(400, { type: 'idempotency_error', message }, { beforeWork: true })
}

function inUse(key: string): StripeRefusal {
  return new StripeRefusal(
    409,
    {
      type: 'invalid_request_error',
      code: 'idempotency_key_in_use',
      message: `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}. Please try again later.`,
    },
    { beforeWork: true },
  )
}
