import type { WorldInvoice, WorldPayment } from '../../world/world.ts'
import type { Bounds } from './match.ts'

/** Ways in which a row can be malformed on purpose. The last three keep to the vendor's shapes. */
export const badRowKinds = [
  'total-as-text',
  'missing-company',
  'date-nonsense',
  'unknown-company',
  'balance-mismatch',
  'fraction-of-a-cent',
] as const
export type BadRowKind = (typeof badRowKinds)[number]

export type PaymentRecord = {
  payment: WorldPayment
  appliedBy: string
  /** Exported to the books in a batch, and locked since. */
  glBatchId?: string
  updatedAt: number
}

/** One invoice as the PSA keeps it. `invoice` is replaced, never changed in place: the world is shared. */
export type InvoiceRecord = {
  invoice: WorldInvoice
  statusId: number
  paidCents: number
  /** Credits applied to it; for a credit memo, minus what of it was applied elsewhere. */
  creditedCents: number
  payments: PaymentRecord[] | undefined
  updatedAt: number
  updatedBy: string
  /** Texts a person or a program wrote. */
  texts: Partial<Record<InvoiceText, string>> | undefined
  bad: BadRowKind | undefined
}
export const invoiceTexts = ['reference', 'customerPO', 'internalNotes', 'topComment', 'bottomComment'] as const
export type InvoiceText = (typeof invoiceTexts)[number]

export function balanceOf({ invoice, paidCents, creditedCents }: InvoiceRecord): number {
  return invoice.totalCents - paidCents - creditedCents
}

/** All invoices, in order of id and in order of last update, so that no query of a sync has to read them all. */
export class InvoiceTable {
  /** Changes with every write; whoever caches a result keeps it beside. */
  version = 0
  private readonly byId: InvoiceRecord[]
  private readonly byUpdate: InvoiceRecord[]
  private highest: number

  constructor(records: InvoiceRecord[]) {
    this.byId = records.toSorted((a, b) => a.invoice.id - b.invoice.id)
    this.byUpdate = records.toSorted(compareUpdates)
    this.highest = this.byId.at(-1)?.invoice.id ?? 1_000
  }

  get all(): readonly InvoiceRecord[] {
    return this.byId
  }

  /** The highest id there ever was: one that was deleted is not given out again. */
  get lastId(): number {
    return this.highest
  }

  get(id: number): InvoiceRecord | undefined {
    const record = this.byId[this.positionOf(id)]
    return record?.invoice.id === id ? record : undefined
  }

  /** Its id must be higher than any before. */
  add(record: InvoiceRecord): void {
    this.version += 1
    this.highest = record.invoice.id
    this.byId.push(record)
    this.byUpdate.splice(this.updatePositionOf(record), 0, record)
  }

  remove(record: InvoiceRecord): void {
    this.version += 1
    this.byId.splice(this.positionOf(record.invoice.id), 1)
    this.byUpdate.splice(this.updatePositionOf(record), 1)
  }

  touch(record: InvoiceRecord, at: number, by: string): void {
    this.version += 1
    this.byUpdate.splice(this.updatePositionOf(record), 1)
    record.updatedAt = at
    record.updatedBy = by
    this.byUpdate.splice(this.updatePositionOf(record), 0, record)
  }

  /** A write that leaves lastUpdated alone. */
  changed(): void {
    this.version += 1
  }

  /** A superset of what satisfies the bounds, in order of id. */
  *candidates({ ids, idFrom, updatedFrom }: Bounds): Generator<InvoiceRecord> {
    if (ids !== undefined) {
      for (const id of new Set(ids.toSorted((a, b) => a - b))) {
        const record = this.get(id)
        if (record !== undefined) yield record
      }
      return
    }
    const first = this.positionOf(idFrom)
    const firstUpdate = lowerBound(this.byUpdate, (record) => record.updatedAt < updatedFrom)
    if ((this.byUpdate.length - firstUpdate) * 4 < this.byId.length - first) {
      yield* this.byUpdate.slice(firstUpdate).sort((a, b) => a.invoice.id - b.invoice.id)
      return
    }
    for (let at = first; at < this.byId.length; at += 1) {
      const record = this.byId[at]
      if (record !== undefined) yield record
    }
  }

  private positionOf(id: number): number {
    return lowerBound(this.byId, ({ invoice }) => invoice.id < id)
  }

  private updatePositionOf(record: InvoiceRecord): number {
    return lowerBound(this.byUpdate, (other) => compareUpdates(other, record) < 0)
  }
}

function compareUpdates(a: InvoiceRecord, b: InvoiceRecord): number {
  return a.updatedAt - b.updatedAt || a.invoice.id - b.invoice.id
}

/** The first position at which `isBefore` no longer holds. */
function lowerBound<T>(items: readonly T[], isBefore: (item: T) => boolean): number {
  let low = 0
  let high = items.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const item = items[middle]
    if (item !== undefined && isBefore(item)) low = middle + 1
    else high = middle
  }
  return low
}
