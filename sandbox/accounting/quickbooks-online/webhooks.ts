import { createHmac } from 'node:crypto'
import type { SimClock } from '../../kernel/clock.ts'
import type { Faults } from '../../kernel/faults.ts'
import type { Random } from '../../kernel/random.ts'
import type { Happening } from '../../kernel/service.ts'
import type { Change } from './stored.ts'

type Delivery = { body: string; what: string }

const retryAfterMs = [20_000, 5 * 60_000, 60 * 60_000]
const answerWithinMs = 10_000
const heldAtMostMs = 2_000

/** Sends what changed in the books as an array of CloudEvents, signed, to the address the app has registered. */
export class WebhookSender {
  url: string | undefined
  readonly verifierToken: string
  private readonly realmId: string
  private readonly clock: SimClock
  private readonly random: Random
  private readonly faults: Faults
  private readonly happened: (happening: Happening) => void
  private waiting: Change[] = []
  private held: Delivery | undefined
  private isStopped = false

  constructor(options: {
    realmId: string
    clock: SimClock
    random: Random
    faults: Faults
    happened: (happening: Happening) => void
  }) {
    this.realmId = options.realmId
    this.clock = options.clock
    this.random = options.random
    this.faults = options.faults
    this.happened = options.happened
    this.verifierToken = options.random.id(36)
  }

  /** Changes made in one go travel in one delivery. */
  announce(change: Change): void {
    if (this.url === undefined || this.isStopped) return
    this.waiting.push(change)
    if (this.waiting.length === 1) setImmediate(() => this.flush())
  }

  stop(): void {
    this.isStopped = true
  }

  private flush(): void {
    const changes = this.waiting
    this.waiting = []
    const events = changes.map((change) => this.eventOf(change))
    const delivery = { body: JSON.stringify(events), what: [...new Set(events.map(({ type }) => type))].join(', ') }
    switch (this.faults.webhooks) {
      case 'as-usual':
        this.send(delivery)
        break
      case 'twice':
        this.send(delivery, 'sent twice')
        this.send(delivery, 'sent twice')
        break
      case 'lost':
      case 'never':
        this.note(delivery.what, this.faults.webhooks)
        break
      case 'reordered':
        this.sendOutOfOrder(delivery)
        break
    }
  }

  /** The first of two waits for the second and follows it; when none comes, it goes alone. */
  private sendOutOfOrder(delivery: Delivery): void {
    const earlier = this.held
    if (earlier !== undefined) {
      this.held = undefined
      this.send(delivery, 'reordered', () => this.send(earlier, 'reordered'))
      return
    }
    this.held = delivery
    setTimeout(() => {
      if (this.held !== delivery) return
      this.held = undefined
      this.send(delivery)
    }, heldAtMostMs).unref()
  }

  private send(delivery: Delivery, outcome = 'delivered', then = () => {}, attempt = 0): void {
    void this.post(delivery).then((isTaken) => {
      if (isTaken) this.note(delivery.what, outcome)
      else this.retry(delivery, attempt)
      then()
    })
  }

  private retry(delivery: Delivery, attempt: number): void {
    const wait = retryAfterMs[attempt]
    this.note(delivery.what, wait === undefined ? 'given up' : 'not taken, again later')
    if (wait === undefined || this.isStopped) return
    const at = new Date(this.clock.now().getTime() + wait)
    this.clock.schedule(at, 'QuickBooks repeats a notification', () => {
      if (!this.isStopped) this.send(delivery, 'delivered late', () => {}, attempt + 1)
    })
  }

  private async post({ body }: Delivery): Promise<boolean> {
    if (this.url === undefined) return true
    try {
      const signature = createHmac('sha256', this.verifierToken).update(body).digest('base64')
      const response = await fetch(this.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'intuit-signature': signature },
        body,
        signal: AbortSignal.timeout(answerWithinMs),
      })
      await response.arrayBuffer()
      return response.status === 200
    } catch {
      return false
    }
  }

  private eventOf({ entity, id, kind, at }: Change) {
    return {
      specversion: '1.0',
      id: this.newUuid(),
      source: `intuit.${this.realmId}`,
      type: `qbo.${entity.toLowerCase()}.${kind}.v1`,
      datacontenttype: 'application/json',
      time: new Date(at).toISOString(),
      intuitentityid: id,
      intuitaccountid: this.realmId,
      data: {},
    }
  }

  private newUuid(): string {
    const hex = Array.from({ length: 32 }, () => this.random.between(0, 15).toString(16)).join('')
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
  }

  private note(what: string, outcome: string): void {
    this.happened({ at: this.clock.now().toISOString(), service: 'QuickBooks', what, outcome })
  }
}
