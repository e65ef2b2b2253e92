import type { SimClock } from '../../kernel/clock.ts'
import type { Faults } from '../../kernel/faults.ts'
import type { Account } from '../state/account.ts'
import type { StoredEvent } from '../state/stored-event.ts'
import { eventText } from './emit.ts'
import { post } from './post.ts'
import { signatureHeader } from './signature.ts'
import { type Subscription, signingSecrets, wants } from './subscription.ts'

/** One attempt to deliver an event, as it went. */
export type Delivery = {
  event: string
  type: string
  account: string | null
  endpoint: string
  url: string
  attempt: number
  at: string
  outcome: number | 'unreachable' | 'lost'
}

type Parcel = { event: StoredEvent; to: Subscription; attempt: number }

const inFlightMax = 32
const logLength = 20_000
const reorderWindowMs = 300

/** Carries events to webhook endpoints: signed, in parallel, again when refused, and as badly as the faults say. */
export class Courier {
  readonly subscriptions = new Map<string, Subscription>()
  readonly log: Delivery[] = []
  private readonly clock: SimClock
  private readonly faults: Faults
  private readonly retryDelaysMs: readonly number[]
  private readonly timers = new Set<NodeJS.Timeout>()
  private queue: Parcel[] = []
  private held: Parcel[] = []
  private inFlight = 0
  private closed = false
  private waiting: (() => void)[] = []

  constructor(options: { clock: SimClock; faults: Faults; retryDelaysMs: readonly number[] }) {
    this.clock = options.clock
    this.faults = options.faults
    this.retryDelaysMs = options.retryDelaysMs
  }

  take(event: StoredEvent, account: Account): void {
    const parcels = this.addressees(event, account).map((to) => ({ event, to, attempt: 1 }))
    event.pendingWebhooks = parcels.length
    switch (this.faults.webhooks) {
      case 'lost':
        for (const parcel of parcels) this.note(parcel, 'lost')
        break
      case 'twice':
        this.send([...parcels, ...parcels])
        break
      case 'reordered':
        this.hold(parcels)
        break
      case 'as-usual':
      case 'never':
        this.send(parcels)
    }
  }

  /** Delivers once more, to all that want it; what Stripe's dashboard calls "resend". */
  resend(event: StoredEvent, account: Account): number {
    const parcels = this.addressees(event, account).map((to) => ({ event, to, attempt: 1 }))
    this.send(parcels)
    return parcels.length
  }

  /** Resolves when nothing is on its way; retries that wait for their time do not count. */
  idle(): Promise<void> {
    if (this.isIdle()) return Promise.resolve()
    return new Promise((resolve) => this.waiting.push(resolve))
  }

  close(): void {
    this.closed = true
    this.queue = []
    for (const timer of this.timers) clearTimeout(timer)
  }

  private addressees(event: StoredEvent, account: Account): Subscription[] {
    const connected = account.application !== null
    return [...this.subscriptions.values()].filter(
      (to) => wants(to, event.type) && (to.connect ? connected : to.owner === account.id),
    )
  }

  private isIdle(): boolean {
    return this.queue.length === 0 && this.inFlight === 0 && this.held.length === 0
  }

  private send(parcels: Parcel[]): void {
    if (parcels.length === 0) return
    this.queue.push(...parcels)
    // The answer to the request that caused the event leaves first, as it usually does at Stripe.
    setImmediate(() => this.work())
  }

  private hold(parcels: Parcel[]): void {
    if (this.held.length === 0) this.later(reorderWindowMs, () => this.send(this.held.splice(0).reverse()))
    this.held.push(...parcels)
  }

  private work(): void {
    while (this.inFlight < inFlightMax) {
      const parcel = this.queue.shift()
      if (parcel === undefined) break
      this.inFlight += 1
      void this.deliver(parcel).then(() => {
        this.inFlight -= 1
        this.work()
      })
    }
    if (this.isIdle()) for (const resolve of this.waiting.splice(0)) resolve()
  }

  private async deliver(parcel: Parcel): Promise<void> {
    const { event, to, attempt } = parcel
    const body = eventText(event)
    const seconds = this.clock.seconds()
    const signature = signatureHeader(body, signingSecrets(to, seconds), seconds)
    const outcome = await post(to.endpoint.url, body, { 'stripe-signature': signature })
    if (this.closed) return
    this.note(parcel, outcome)
    if (typeof outcome === 'number' && outcome >= 200 && outcome < 300) {
      event.pendingWebhooks = Math.max(0, event.pendingWebhooks - 1)
      return
    }
    const delayMs = this.retryDelaysMs[attempt - 1]
    if (delayMs !== undefined) this.later(delayMs, () => this.send([{ event, to, attempt: attempt + 1 }]))
  }

  private later(delayMs: number, run: () => void): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer)
      run()
    }, delayMs)
    timer.unref()
    this.timers.add(timer)
  }

  private note({ event, to, attempt }: Parcel, outcome: Delivery['outcome']): void {
    if (this.log.length >= logLength) this.log.splice(0, logLength / 2)
    this.log.push({
      event: event.id,
      type: event.type,
      account: event.account ?? null,
      endpoint: to.endpoint.id,
      url: to.endpoint.url,
      attempt,
      at: this.clock.now().toISOString(),
      outcome,
    })
  }
}
