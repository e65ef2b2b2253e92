import { createHash, createHmac } from 'node:crypto'
import type { SimClock } from '../../kernel/clock.ts'
import type { Faults } from '../../kernel/faults.ts'
import { Random } from '../../kernel/random.ts'
import type { Happening } from '../../kernel/service.ts'
import type { Change, Psa } from './psa.ts'
import type { Json } from './references.ts'
import { renderAgreement, renderCompany, renderContact } from './render-client.ts'
import { renderInvoice } from './render-invoice.ts'

/** A registration, as `system/callbacks` keeps it. */
export type Callback = {
  id: number
  url: string
  objectId: number
  type: string
  level: string
  description: string
  inactiveFlag: boolean
  isSelfSuppressedFlag: boolean
  payloadVersion: string
  memberId: number
  updatedAt: number
}

/** One attempt to deliver, for the sandbox's page and for tests. */
export type Delivery = { at: string; callbackId: number; url: string; action: string; id: number; outcome: string }

type Envelope = { callback: Callback; action: Change['action']; id: number; body: string }

const deliveriesKeptMax = 500
const timeoutMs = 5_000
const retryDelaysMs = [2_000, 4_000]
/** What the vendor answers with another attempt; anything else but 2xx counts as a failure at once. */
const retriedStatuses = new Set([404, 409, 419, 429])

/**
 * Tells registered listeners what changed: signed, in the order of changes, unless the faults say otherwise. The vendor
 * tries three times at most and then forgets, so a listener can rely on nothing.
 */
export class Callbacks {
  readonly registered: Callback[] = []
  readonly deliveries: Delivery[] = []
  /** Query of the key URL by which a receiver fetches the signing key. */
  readonly keyId: string
  readonly signingKey: string
  private readonly psa: Psa
  private readonly clock: SimClock
  private readonly faults: Faults
  private readonly companyId: string
  private readonly happened: (happening: Happening) => void
  private keyUrl = ''
  private held: Envelope | undefined
  private queue: Promise<void> = Promise.resolve()
  private nextId = 1

  constructor(facts: {
    psa: Psa
    clock: SimClock
    faults: Faults
    companyId: string
    seed: string
    happened: (happening: Happening) => void
  }) {
    this.psa = facts.psa
    this.clock = facts.clock
    this.faults = facts.faults
    this.companyId = facts.companyId
    this.happened = facts.happened
    const random = new Random(`${facts.seed}:${facts.companyId}:callbacks`)
    this.keyId = random.id(20)
    this.signingKey = random.id(44)
    facts.psa.onChange.push((change) => this.hear(change))
  }

  serveKeyAt(url: string): void {
    this.keyUrl = `${url}/_sandbox/callback-key?id=${this.keyId}`
  }

  register(facts: Omit<Callback, 'id' | 'updatedAt'>): Callback {
    const callback = { ...facts, id: this.nextId++, updatedAt: this.clock.now().getTime() }
    this.registered.push(callback)
    return callback
  }

  remove(callback: Callback): void {
    this.registered.splice(this.registered.indexOf(callback), 1)
  }

  /** Resolves when everything said so far has been delivered, or given up. Retries wait for the simulated clock. */
  async idle(): Promise<void> {
    if (this.held !== undefined) this.flushHeld()
    await this.queue
  }

  private hear(change: Change): void {
    for (const callback of this.registered) {
      if (callback.inactiveFlag || callback.type !== change.type || !concerns(callback, change)) continue
      const isOwn = change.author.isProgram && change.author.memberId === callback.memberId
      if (isOwn && callback.isSelfSuppressedFlag) continue
      this.send(this.seal(callback, change))
    }
  }

  private seal(callback: Callback, change: Change): Envelope {
    const id = objectIdOf(change)
    const payload = {
      MessageId: `${callback.id}-${id}-${this.psa.now()}`,
      FromUrl: new URL(this.psa.baseUrl).host,
      CompanyId: this.companyId,
      MemberId: change.author.identifier,
      Action: change.action,
      Type: change.type,
      ID: id,
      ProductInstanceId: null,
      PartnerId: null,
      Entity: JSON.stringify(change.action === 'deleted' ? { id } : entityOf(this.psa, change)),
      Metadata: { key_url: this.keyUrl },
      CallbackObjectRecId: callback.id,
    }
    return { callback, action: change.action, id, body: JSON.stringify(payload) }
  }

  private send(envelope: Envelope): void {
    switch (this.faults.webhooks) {
      case 'as-usual':
        this.enqueue(envelope)
        break
      case 'twice':
        this.enqueue(envelope)
        this.enqueue(envelope)
        break
      case 'never':
        break
      case 'lost':
        this.note(envelope, 'lost')
        break
      case 'reordered':
        this.swap(envelope)
        break
    }
  }

  /** Holds every first one back until a second has gone before it. */
  private swap(envelope: Envelope): void {
    const { held } = this
    this.held = held === undefined ? envelope : undefined
    if (held === undefined) return
    this.enqueue(envelope)
    this.enqueue(held)
  }

  private flushHeld(): void {
    const held = this.held
    this.held = undefined
    if (held !== undefined) this.enqueue(held)
  }

  private enqueue(envelope: Envelope, attempt = 0): void {
    this.queue = this.queue.then(() => this.deliver(envelope, attempt))
  }

  private async deliver(envelope: Envelope, attempt: number): Promise<void> {
    const outcome = await post(addressOf(envelope), envelope.body, this.signatureOf(envelope.body))
    this.note(envelope, String(outcome))
    const delay = retryDelaysMs[attempt]
    if (typeof outcome === 'string' || !retriedStatuses.has(outcome) || delay === undefined) return
    const at = new Date(this.clock.now().getTime() + delay)
    this.clock.schedule(at, 'ConnectWise repeats a callback', () => this.enqueue(envelope, attempt + 1))
  }

  /** Base64 of HMAC-SHA256 over the raw body, keyed with the SHA-256 of the signing key. */
  private signatureOf(body: string): string {
    const key = createHash('sha256').update(this.signingKey).digest()
    return createHmac('sha256', key).update(body).digest('base64')
  }

  private note({ callback, action, id }: Envelope, outcome: string): void {
    const at = this.clock.now().toISOString()
    this.deliveries.push({ at, callbackId: callback.id, url: callback.url, action, id, outcome })
    if (this.deliveries.length > deliveriesKeptMax) this.deliveries.shift()
    this.happened({ at, service: 'connectwise', what: `callback ${callback.type} ${id} ${action}`, outcome })
  }
}

/** The vendor appends the record's id and the action to the address it was given. */
function addressOf({ callback, id, action }: Envelope): string {
  const { url } = callback
  if (url.endsWith('=')) return `${url}${id}&action=${action}`
  return `${url}${url.includes('?') ? '&' : '?'}id=${id}&action=${action}`
}

async function post(url: string, body: string, signature: string): Promise<number | string> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-content-signature': signature },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    })
    await response.body?.cancel()
    return response.status
  } catch {
    return 'not delivered'
  }
}

function objectIdOf(change: Change): number {
  switch (change.type) {
    case 'invoice':
      return change.record.invoice.id
    case 'company':
      return change.record.client.id
    case 'contact':
      return change.contactId
    case 'agreement':
      return change.record.agreement.id
  }
}

function entityOf(psa: Psa, change: Change): Json {
  switch (change.type) {
    case 'invoice':
      return renderInvoice(psa, change.record)
    case 'company':
      return renderCompany(psa, change.record)
    case 'contact': {
      const contact = change.record.client.contacts.find(({ id }) => id === change.contactId)
      return contact === undefined ? { id: change.contactId } : renderContact(psa, { contact, record: change.record })
    }
    case 'agreement':
      return renderAgreement(psa, change.record)
  }
}

/** Whether the registration covers the change: all of a type, or one object, one company, one status. */
function concerns({ level, type, objectId }: Callback, change: Change): boolean {
  if (level === 'owner') return true
  if (level === type) return objectId === objectIdOf(change)
  if (level === 'company') return objectId === companyIdOf(change)
  if (level === 'status' && change.type === 'invoice') return objectId === change.record.statusId
  return false
}

function companyIdOf(change: Change): number {
  switch (change.type) {
    case 'invoice':
      return change.record.invoice.clientId
    case 'company':
    case 'contact':
      return change.record.client.id
    case 'agreement':
      return change.record.agreement.clientId
  }
}
