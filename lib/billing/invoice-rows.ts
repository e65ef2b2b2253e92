import { hashOf } from '@/lib/base/ids'
import type { PulledInvoice } from '@/lib/connectors/contract'
import { sourceText } from '@/lib/connectors/source-text'
import type { Money } from '@/lib/money/money'
import type { Cell } from './stage'

/** What is staged of an invoice. `source` only for a new version, which keeps what came. */
export const invoiceColumns = {
  id: 'uuid',
  external_id: 'text',
  is_new: 'boolean',
  client_id: 'uuid',
  agreement_id: 'uuid',
  kind: 'text',
  number: 'text',
  psa_type: 'text',
  psa_status: 'text',
  issued_on: 'date',
  due_on: 'date',
  currency: 'char(3)',
  tax_minor: 'bigint',
  total_minor: 'bigint',
  psa_balance_minor: 'bigint',
  settled_minor: 'bigint',
  settled_at: 'timestamptz',
  version: 'int',
  is_new_version: 'boolean',
  source_hash: 'text',
  content_hash: 'text',
  source: 'jsonb',
}

export const lineColumns = {
  invoice_id: 'uuid',
  version: 'int',
  position: 'smallint',
  kind: 'text',
  heading: 'text',
  description: 'text',
  quantity: 'numeric(18,6)',
  unit_price_minor: 'bigint',
  amount_minor: 'bigint',
  taxable: 'boolean',
}

export type Hashed = { invoice: PulledInvoice; contentHash: string; sourceHash: string }

/**
 * Two hashes: of what the invoice bills, which makes a version, and of everything we mirror, payments and status
 * included, which decides whether there is anything to do at all.
 */
export function hashed(invoice: PulledInvoice): Hashed {
  const { clientExternalId, agreementExternalId, kind, number, psaType, issuedOn, dueOn, tax, total, lines } = invoice
  const contentHash = hashOf([
    ...[clientExternalId, agreementExternalId, kind, number, psaType, issuedOn, dueOn, plain(tax), plain(total)],
    lines.map((line) => [
      ...[line.kind, line.heading, line.description, line.quantity],
      ...[plain(line.unitPrice), plain(line.amount), line.taxable],
    ]),
  ])
  const { psaStatus, balance, payments } = invoice
  const paid = payments.map((one) => [one.externalId, plain(one.amount), one.paidOn, one.creditExternalId])
  return { invoice, contentHash, sourceHash: hashOf([contentHash, psaStatus, plain(balance), paid]) }
}

function plain({ minor, currency }: Money): string {
  return `${minor} ${currency}`
}

/** An invoice with everything decided that is needed to write it. */
export type Placed = Hashed & {
  id: string
  isNew: boolean
  version: number
  isNewVersion: boolean
  clientId: string
  agreementId: string | undefined
}

/** @param settled what stands as paid on one that is new; the journal says the same in the same transaction */
export function invoiceCells(placed: Placed, settled: { settledMinor: bigint; settledAt: Date | undefined }): Cell[] {
  const { id, isNew, version, isNewVersion, clientId, agreementId, contentHash, sourceHash, invoice } = placed
  const { externalId, kind, number, psaType, psaStatus, issuedOn, dueOn, tax, total, balance, source } = invoice
  return [
    ...[id, externalId, isNew, clientId, agreementId, kind, number, psaType, psaStatus, issuedOn, dueOn],
    ...[total.currency, tax.minor, total.minor, balance.minor],
    ...[settled.settledMinor, settled.settledAt?.toISOString(), version, isNewVersion, sourceHash, contentHash],
    isNewVersion ? sourceText(source) : null,
  ]
}

export function lineCells({ id, version, invoice }: Placed): Cell[][] {
  return invoice.lines.map(({ kind, heading, description, quantity, unitPrice, amount, taxable }, position) => {
    return [id, version, position, kind, heading, description, quantity, unitPrice.minor, amount.minor, taxable]
  })
}
