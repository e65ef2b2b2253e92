import { now, windClock } from '@/lib/base/clock'
import { withTenant, withTenantInBulk } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { saveClients } from '@/lib/billing/save-clients'
import { saveInvoices } from '@/lib/billing/save-invoices'
import { voidInvoices } from '@/lib/billing/void-invoices'
import { saveConnection } from '@/lib/connectors/connection'
import type { PulledInvoice } from '@/lib/connectors/contract'
import { reconcilePayments } from '@/lib/payments/reconcile-payments'
import { sweepPayments } from '@/lib/payments/sweep-payments'
import { takeStripeEvent } from '@/lib/payments/take-stripe-event'
import type { OutsideBooks } from '@/lib/reports/outside-books'
import { settlePayouts } from '@/lib/settlement/settle-payouts'
import type { CallFault } from '../../sandbox/kernel/faults.ts'
import type { TestStripe } from '../../sandbox/stripe/test-stripe.ts'
import { makeMsp } from '../support/msp.ts'
import { newInvoice, standing } from './psa-invoice.ts'
import type { ChargeTruth, ReferenceBooks } from './reference-books.ts'
import { newAccount } from './stripe-account.ts'

/** A charge as the stand-in's own log has it. */
export type LoggedCharge = {
  id: string
  paymentIntent: string
  amount: number
  currency: string
  status: string
  type: string
  metadata: Record<string, string>
  refunds: { id: string; amount: number; status: string }[]
  disputes: { id: string; amount: number; status: string }[]
}

/** An invoice as the PSA has it, with the moments at which it was read before. */
export type PsaInvoice = { id: string; pulled: PulledInvoice; earlier: { pulled: PulledInvoice; readAt: Date }[] }

export const dayMs = 86_400_000

/** One MSP on the real product, with its own account at a simulated Stripe, and a PSA that says what a story makes it say. */
export class Practice {
  readonly tenantId: string
  readonly staffId: string
  readonly stripe: TestStripe
  readonly account: string
  clientIds: string[] = []
  readonly psa = new Map<string, PsaInvoice>()
  /** The stories told here so far, each of clients of its own; the last is the one being told. */
  readonly told: { books: ReferenceBooks; clientIds: string[] }[] = []
  private readonly connectionId: string
  private numbers = 0
  private clients = 0

  private constructor(stripe: TestStripe, account: string, ids: { tenantId: string; staffId: string; psa: string }) {
    this.stripe = stripe
    this.account = account
    this.tenantId = ids.tenantId
    this.staffId = ids.staffId
    this.connectionId = ids.psa
  }

  static async open(stripe: TestStripe, slug: string): Promise<Practice> {
    const account = await newAccount(stripe)
    const { tenantId, staffId } = await makeMsp(slug, { ...stripe, account })
    const psa = await withTenant(tenantId, (tx) =>
      saveConnection(tx, {
        kind: 'psa',
        connector: 'connectwise',
        secret: {},
        account: slug,
        accountName: slug,
        missing: [],
      }),
    )
    const practice = new Practice(stripe, account, { tenantId, staffId, psa })
    await practice.takeClients()
    return practice
  }

  /** A story begins, of two clients without a past. */
  async begin(books: ReferenceBooks): Promise<void> {
    if (this.told.length > 0) await this.takeClients()
    this.psa.clear()
    this.told.push({ books, clientIds: this.clientIds })
  }

  /** Winds both clocks on together; whatever falls due in the world outside happens on the way. */
  async wind(ms: number): Promise<void> {
    const at = new Date(now().getTime() + ms)
    await this.stripe.clock.advanceTo(at)
    windClock(at.getTime() - Date.now())
  }

  /** The hands make their round: ask about what waits, then read Stripe's objects. */
  async round(): Promise<void> {
    await sweepPayments(this.tenantId)
    await reconcilePayments(this.tenantId)
  }

  /** They read Stripe's book: its movements, its fees, its payouts. */
  async settle(): Promise<void> {
    await settlePayouts(this.tenantId)
  }

  async bill(clientIndex: number, cents: bigint): Promise<PsaInvoice> {
    this.numbers += 1
    const pulled = newInvoice(String(this.numbers), String(this.clients - 1 + clientIndex), cents)
    await this.save(pulled, now())
    const id = await this.idOf(pulled.externalId)
    const invoice = { id, pulled, earlier: [] }
    this.psa.set(id, invoice)
    return invoice
  }

  /** The PSA's people change an invoice; a sync reads it at once. */
  async change(invoice: PsaInvoice, change: Partial<PulledInvoice>): Promise<void> {
    invoice.earlier.push({ pulled: invoice.pulled, readAt: now() })
    invoice.pulled = standing({ ...invoice.pulled, ...change })
    await this.save(invoice.pulled, now())
  }

  /** A page that was read before the latest changes arrives after them. */
  async saveStale({ earlier }: PsaInvoice, pick: number): Promise<void> {
    const stale = earlier[pick % earlier.length]
    if (stale !== undefined) await this.save(stale.pulled, stale.readAt)
  }

  async delete(invoice: PsaInvoice): Promise<void> {
    invoice.earlier.push({ pulled: invoice.pulled, readAt: now() })
    await withTenant(this.tenantId, (tx) => voidInvoices(tx, this.connectionId, [invoice.pulled.externalId]))
  }

  async restore(invoice: PsaInvoice): Promise<void> {
    await this.save(invoice.pulled, now())
  }

  /** A webhook about one object, worked as the queue would: once more if something got in its way. */
  async hear(object: string, objectId: string): Promise<void> {
    const event = {
      kind: 'stripe.event',
      eventId: newId(),
      type: 'any',
      account: this.account,
      object,
      objectId,
    } as const
    await takeStripeEvent(this.tenantId, event).catch(() => takeStripeEvent(this.tenantId, event))
  }

  /** What Stripe's log has of the story being told. */
  async charges(): Promise<LoggedCharge[]> {
    return (await this.allCharges()).filter(({ metadata }) => this.isOurs(metadata))
  }

  async allCharges(): Promise<LoggedCharge[]> {
    return this.stripe.control('GET', `charges?account=${this.account}`)
  }

  /** Whether something at Stripe belongs to the story being told; all of it does where none is. */
  isOurs(metadata: Record<string, string>): boolean {
    return this.told.at(-1)?.books.payments.has(metadata.attempt_id ?? '') ?? true
  }

  fail(kind: CallFault, match: string, times: number): void {
    this.stripe.service.faults.rules = [{ kind, match, times }]
  }

  heal(): void {
    this.stripe.service.faults.rules = []
  }

  /** What the product says now: what each invoice owes, and each client's credit. */
  async figures(): Promise<{ balances: Map<string, bigint>; credits: Map<string, bigint> }> {
    return withTenant(this.tenantId, async (tx) => {
      type Figure = { id: string; minor: bigint }
      const [balances, credits] = await Promise.all([
        tx.rows<Figure>(sql`select id, balance_minor as minor from invoices where tenant_id = ${tx.tenantId}`),
        tx.rows<Figure>(sql`
          select client_id as id, sum(case when credit = 'unapplied' then amount_minor else -amount_minor end)::bigint as minor
          from journal_lines where tenant_id = ${tx.tenantId} and 'unapplied' in (debit, credit) group by client_id`),
      ])
      return { balances: mapOf(balances), credits: mapOf(credits) }
    })
  }

  async outside(): Promise<OutsideBooks> {
    const charges = (await this.allCharges()).filter(({ status }) => status === 'succeeded')
    type Balance = {
      purses: { currency: string; available: number; pending: number }[]
      payouts: Record<string, number>
    }
    const [balance] = await this.stripe.control<Balance[]>('GET', `balances?account=${this.account}`)
    const held = (balance?.purses ?? []).reduce((sum, { available, pending }) => sum + available + pending, 0)
    const leaving = (balance?.payouts.pending ?? 0) + (balance?.payouts.inTransit ?? 0)
    return {
      charges: charges.map(({ id, amount, currency, metadata }) => ({
        chargeId: id,
        amountMinor: BigInt(amount),
        currency: currency.toUpperCase(),
        ...(metadata.attempt_id === undefined ? {} : { attemptId: metadata.attempt_id }),
      })),
      unpaid: [{ currency: 'USD', minor: BigInt(held + leaving) }],
    }
  }

  private async save(pulled: PulledInvoice, readAt: Date): Promise<void> {
    const { rejected } = await withTenantInBulk(this.tenantId, (tx) =>
      saveInvoices(tx, this.connectionId, [pulled], readAt),
    )
    if (rejected.length > 0) throw new Error(rejected[0]?.reason)
  }

  private async idOf(externalId: string): Promise<string> {
    const row = await withTenant(this.tenantId, (tx) =>
      tx.row<{ localId: string }>(sql`
        select local_id from external_refs where tenant_id = ${tx.tenantId} and kind = 'invoice' and external_id = ${externalId}`),
    )
    if (row === undefined) throw new Error(`invoice ${externalId} was not saved`)
    return row.localId
  }

  private async takeClients(): Promise<void> {
    this.clientIds = await this.addClients([String(++this.clients), String(++this.clients)])
  }

  private async addClients(externalIds: string[]): Promise<string[]> {
    const clients = externalIds.map((externalId) => ({
      ...{ externalId, name: `Client ${externalId}`, identifier: externalId, phone: '', gone: false, source: {} },
      address: { line1: '', line2: '', city: '', region: '', postalCode: '', country: '' },
    }))
    const rows = await withTenantInBulk(this.tenantId, async (tx) => {
      await saveClients(tx, this.connectionId, clients)
      return tx.rows<{ localId: string }>(sql`
        select local_id from external_refs
        where tenant_id = ${tx.tenantId} and kind = 'client' and external_id = any(${externalIds}) order by external_id::int`)
    })
    return rows.map(({ localId }) => localId)
  }
}

/** The log's line in the words of the reference. */
export function truthOf({ metadata, status, refunds, disputes }: LoggedCharge): ChargeTruth {
  const exact = <One extends { amount: number }>(list: One[]) =>
    list.map((one) => ({ ...one, amount: BigInt(one.amount) }))
  return {
    attemptId: metadata.attempt_id ?? '',
    isTaken: status === 'succeeded',
    refunds: exact(refunds),
    disputes: exact(disputes),
  }
}

function mapOf(rows: { id: string; minor: bigint }[]): Map<string, bigint> {
  return new Map(rows.map(({ id, minor }) => [id, minor]))
}
