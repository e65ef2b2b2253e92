import type { SimClock } from '../../kernel/clock.ts'
import { localDate } from '../../world/calendar.ts'
import type { PsaInvoiceChange, PsaPaymentChange } from '../../world/psa-change.ts'
import type { World, WorldAgreement, WorldClient, WorldInvoice, WorldPayment } from '../../world/world.ts'
import type { InvoiceRecord, InvoiceText, PaymentRecord } from './invoice-table.ts'
import { InvoiceTable } from './invoice-table.ts'
import { loadInvoices } from './load-invoices.ts'
import { defaultOptions, type Options } from './options.ts'
import { statusIds } from './setup-tables.ts'

/** Who writes: a person at the PSA's own screens, or an API member. */
export type Author = { identifier: string; memberId: number; isProgram: boolean }
export const person: Author = { identifier: 'rokafor', memberId: 148, isProgram: false }

export type ClientRecord = { client: WorldClient; updatedAt: number; updatedBy: string }
export type AgreementRecord = { agreement: WorldAgreement; updatedAt: number; updatedBy: string }
export type NoteRecord = {
  id: number
  clientId: number
  text: string
  typeId: number
  flagged: boolean
  by: string
  at: number
}

/** What a callback can be about. */
export type Change = { action: 'added' | 'updated' | 'deleted'; author: Author } & (
  | { type: 'invoice'; record: InvoiceRecord }
  | { type: 'company'; record: ClientRecord }
  | { type: 'contact'; record: ClientRecord; contactId: number }
  | { type: 'agreement'; record: AgreementRecord }
)

/** The PSA's data and every way it can change. Knows nothing of HTTP. */
export class Psa {
  options: Options = { ...defaultOptions }
  /** Where it answers; set once it listens. */
  baseUrl = ''
  readonly msp: World['msp']
  readonly clients: Map<number, ClientRecord>
  readonly agreements: Map<number, AgreementRecord>
  readonly invoices: InvoiceTable
  readonly notes: NoteRecord[] = []
  readonly onChange: ((change: Change) => void)[] = []
  readonly onInvoice: ((change: PsaInvoiceChange) => void)[] = []
  readonly onPayment: ((change: PsaPaymentChange) => void)[] = []
  private readonly clock: SimClock
  private nextPaymentId: number
  private nextNumber: number
  /** Where an invoice's number begins, when this MSP's numbers are not bare digits. */
  private readonly numberPrefix: string

  constructor(world: World, clock: SimClock) {
    const began = clock.now().getTime() - 60_000
    const old = Math.min(began, Date.parse(`${world.invoices[0]?.on ?? '2026-01-01'}T12:00:00Z`))
    this.msp = world.msp
    this.clock = clock
    this.clients = new Map(world.clients.map((client) => [client.id, { client, updatedAt: old, updatedBy: 'rokafor' }]))
    this.agreements = new Map(
      world.agreements.map((agreement) => {
        const changes = agreement.additions.map(({ effectiveOn }) => Date.parse(`${effectiveOn}T15:00:00Z`))
        return [
          agreement.id,
          { agreement, updatedAt: Math.min(began, Math.max(old, ...changes)), updatedBy: 'rokafor' },
        ]
      }),
    )
    this.invoices = new InvoiceTable(loadInvoices(world, began))
    this.nextPaymentId = (world.payments.at(-1)?.id ?? 500) + 1
    const numbers = world.invoices.filter(({ kind }) => kind !== 'CreditMemo').map(({ number }) => number)
    this.numberPrefix = numbers.at(-1)?.replace(/\d+$/, '') ?? ''
    this.nextNumber = numbers.reduce((most, number) => Math.max(most, Number(/\d+$/.exec(number)?.[0] ?? 0)), 0) + 1
  }

  now(): number {
    return this.clock.now().getTime()
  }

  today(): string {
    return localDate(this.clock.now(), this.msp.timeZone)
  }

  /** Adds an invoice under the next free id, and the next number unless one is given. */
  addInvoice(facts: Omit<WorldInvoice, 'id' | 'number'> & { number?: string }, author: Author): InvoiceRecord {
    const number = facts.number ?? `${this.numberPrefix}${this.nextNumber++}`
    const record: InvoiceRecord = {
      invoice: { ...facts, id: this.invoices.lastId + 1, number },
      statusId: statusIds.new,
      paidCents: 0,
      creditedCents: 0,
      payments: undefined,
      updatedAt: this.now(),
      updatedBy: author.identifier,
      texts: undefined,
      bad: undefined,
    }
    this.invoices.add(record)
    this.announce({ type: 'invoice', action: 'added', record, author })
    for (const tell of this.onInvoice) tell({ kind: 'added', invoice: record.invoice })
    return record
  }

  /** Changes what the invoice bills. */
  reviseInvoice(record: InvoiceRecord, invoice: WorldInvoice, author: Author): void {
    record.invoice = invoice
    this.touchInvoice(record, author)
    for (const tell of this.onInvoice) tell({ kind: 'updated', invoice })
  }

  /** Changes what is said about the invoice: status, notes, references. */
  describeInvoice(
    record: InvoiceRecord,
    change: { statusId?: number; texts?: Partial<Record<InvoiceText, string>> },
    author: Author,
  ): void {
    record.statusId = change.statusId ?? record.statusId
    if (change.texts !== undefined) record.texts = { ...record.texts, ...change.texts }
    this.touchInvoice(record, author)
  }

  touchInvoice(record: InvoiceRecord, author: Author): void {
    this.invoices.touch(record, this.now(), author.identifier)
    this.announce({ type: 'invoice', action: 'updated', record, author })
  }

  /** The vendor knows no void: the invoice is gone, its payments with it, and credits are free again. */
  deleteInvoice(record: InvoiceRecord, author: Author): void {
    for (const paid of record.payments ?? []) this.moveCredit(paid.payment, -1)
    this.invoices.remove(record)
    this.announce({ type: 'invoice', action: 'deleted', record, author })
    for (const tell of this.onInvoice) tell({ kind: 'deleted', invoice: record.invoice })
  }

  addPayment(record: InvoiceRecord, facts: Omit<WorldPayment, 'id' | 'invoiceId'>, author: Author): PaymentRecord {
    const payment: WorldPayment = { ...facts, id: this.nextPaymentId++, invoiceId: record.invoice.id }
    const paid: PaymentRecord = { payment, appliedBy: author.identifier, updatedAt: this.now() }
    record.payments = [...(record.payments ?? []), paid]
    this.settle(record, payment, 1, author)
    this.tellPayment('added', payment, author)
    return paid
  }

  revisePayment(
    record: InvoiceRecord,
    paid: PaymentRecord,
    change: { amountCents: number; on: string },
    author: Author,
  ): void {
    this.tellPayment('deleted', paid.payment, author)
    this.settle(record, paid.payment, -1, author, false)
    paid.payment = { ...paid.payment, ...change }
    paid.updatedAt = this.now()
    this.settle(record, paid.payment, 1, author)
    this.tellPayment('added', paid.payment, author)
  }

  removePayment(record: InvoiceRecord, paid: PaymentRecord, author: Author): void {
    record.payments = record.payments?.filter((other) => other !== paid)
    this.settle(record, paid.payment, -1, author)
    this.tellPayment('deleted', paid.payment, author)
  }

  addClient(client: WorldClient, author: Author): ClientRecord {
    const record = { client, updatedAt: this.now(), updatedBy: author.identifier }
    this.clients.set(client.id, record)
    this.announce({ type: 'company', action: 'added', record, author })
    for (const { id } of client.contacts)
      this.announce({ type: 'contact', action: 'added', record, contactId: id, author })
    return record
  }

  reviseClient(record: ClientRecord, client: WorldClient, author: Author): void {
    Object.assign(record, { client, updatedAt: this.now(), updatedBy: author.identifier })
    this.announce({ type: 'company', action: 'updated', record, author })
  }

  /** The person is no more; their company is as it was. */
  removeContact(record: ClientRecord, contactId: number, author: Author): void {
    const contacts = record.client.contacts.filter(({ id }) => id !== contactId)
    record.client = { ...record.client, contacts }
    this.announce({ type: 'contact', action: 'deleted', record, contactId, author })
  }

  reviseAgreement(record: AgreementRecord, agreement: WorldAgreement, author: Author): void {
    Object.assign(record, { agreement, updatedAt: this.now(), updatedBy: author.identifier })
    this.announce({ type: 'agreement', action: 'updated', record, author })
  }

  private settle(record: InvoiceRecord, payment: WorldPayment, sign: 1 | -1, author: Author, isLast = true): void {
    if (payment.method === 'credit') record.creditedCents += sign * payment.amountCents
    else record.paidCents += sign * payment.amountCents
    this.moveCredit(payment, sign)
    this.invoices.changed()
    if (isLast && this.options.paymentTouchesInvoice) this.touchInvoice(record, author)
  }

  private moveCredit({ creditInvoiceId, amountCents }: WorldPayment, sign: 1 | -1): void {
    const memo = creditInvoiceId === undefined ? undefined : this.invoices.get(creditInvoiceId)
    if (memo !== undefined) memo.creditedCents -= sign * amountCents
  }

  private announce(change: Change): void {
    for (const tell of this.onChange) tell(change)
  }

  private tellPayment(kind: PsaPaymentChange['kind'], payment: WorldPayment, author: Author): void {
    for (const tell of this.onPayment) tell({ kind, payment, by: author.isProgram ? 'program' : 'person' })
  }
}
