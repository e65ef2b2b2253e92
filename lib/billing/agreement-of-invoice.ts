import 'server-only'
import { type Actor, maySeeInvoice } from '@/lib/access/actor'
import type { PlainDate } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { Fault } from '@/lib/base/fault'
import { sql } from '@/lib/base/sql'
import { type Money, money } from '@/lib/money/money'
import { type AgreementChanges, agreementChanges, type BilledLine, type LineKind } from './agreement-changes'
import type { AgreementView } from './client'
import type { InvoiceView } from './invoice'

export type AgreementOfInvoice = {
  agreement: AgreementView
  /** The client's invoice of the same agreement before this one, and what has changed since. */
  previous?: { id: string; number: string; issuedOn: PlainDate; total: Money; changes: AgreementChanges }
}

/**
 * The agreement an invoice's lines come from, and why it differs from the one before; nothing for an invoice of none. In
 * two statements.
 * @throws Fault not-found for what the actor may not see
 */
export async function agreementOfInvoice(actor: Actor, invoice: InvoiceView): Promise<AgreementOfInvoice | undefined> {
  if (!maySeeInvoice(actor, invoice)) throw new Fault('not-found', `No invoice ${invoice.id}`)
  return withTenant(actor.tenantId, async (tx) => {
    const rows = await readAgreement(tx, invoice)
    const [first] = rows
    if (first === undefined) return undefined
    const { id, name, status, startsOn, endsOn } = first
    const additions = rows.flatMap((row) => additionOf(row, invoice.currency))
    const agreement = { id, name, status, ...(startsOn && { startsOn }), ...(endsOn && { endsOn }), additions }
    const { previousId, previousVersion, previousNumber, previousOn, previousTaxMinor, previousTotalMinor } = first
    if (previousId === null || invoice.kind !== 'invoice') return { agreement }
    const lines = await readBilled(tx, invoice, { id: previousId, version: previousVersion })
    const total = money(previousTotalMinor, invoice.currency)
    const before = { issuedOn: previousOn, total, tax: money(previousTaxMinor, invoice.currency) }
    const changes = agreementChanges(
      { ...before, lines: lines.get(previousId) ?? [] },
      { ...invoice, lines: lines.get(invoice.id) ?? [] },
      additions,
    )
    return { agreement, previous: { id: previousId, number: previousNumber, issuedOn: previousOn, total, changes } }
  })
}

type Row = Addition & {
  id: string
  name: string
  status: string
  startsOn: PlainDate | null
  endsOn: PlainDate | null
} & (Previous | { [name in keyof Previous]: null })

type Previous = {
  previousId: string
  previousVersion: number
  previousNumber: string
  previousOn: PlainDate
  previousTaxMinor: bigint
  previousTotalMinor: bigint
}
type Addition = {
  description: string | null
  quantity: string | null
  unitPriceMinor: bigint | null
  effectiveOn: PlainDate | null
  cancelledOn: PlainDate | null
}

/** A row for each addition. A void invoice and one in another currency are no measure for this one. */
async function readAgreement(tx: Tx, { id }: InvoiceView): Promise<Row[]> {
  return tx.rows(sql`
    select a.id, a.name, a.status, a.starts_on, a.ends_on, d.description, trim_scale(d.quantity)::text as quantity,
      d.unit_price_minor, d.effective_on, d.cancelled_on, p.id as previous_id, p.version as previous_version,
      p.number as previous_number, p.issued_on as previous_on, p.tax_minor as previous_tax_minor, p.total_minor as previous_total_minor
    from invoices i
    join agreements a on a.tenant_id = i.tenant_id and a.id = i.agreement_id
    left join lateral (
      select o.id, o.version, o.number, o.issued_on, o.tax_minor, o.total_minor from invoices o
      where o.tenant_id = i.tenant_id and o.client_id = i.client_id and o.agreement_id = i.agreement_id and o.kind = 'invoice'
        and o.state = 'open' and o.currency = i.currency and (o.issued_on, o.id) < (i.issued_on, i.id)
      order by o.issued_on desc, o.id desc limit 1) p on true
    left join agreement_additions d on d.tenant_id = a.tenant_id and d.agreement_id = a.id
    where i.tenant_id = ${tx.tenantId} and i.id = ${id}
    order by d.effective_on, d.description, d.external_id`)
}

function additionOf(row: Addition, currency: string): AgreementView['additions'] {
  const { description, quantity, unitPriceMinor, effectiveOn, cancelledOn } = row
  if (description === null || quantity === null || unitPriceMinor === null) return []
  const dates = { ...(effectiveOn && { effectiveOn }), ...(cancelledOn && { cancelledOn }) }
  return [{ description, quantity, unitPrice: money(unitPriceMinor, currency), ...dates }]
}

type Version = { id: string; version: number }
type Line = {
  invoiceId: string
  kind: LineKind
  description: string
  quantity: string
  unitPriceMinor: bigint
  amountMinor: bigint
}

/** The lines of both invoices, by invoice. */
async function readBilled(
  tx: Tx,
  invoice: Version & { currency: string },
  previous: Version,
): Promise<Map<string, BilledLine[]>> {
  const rows = await tx.rows<Line>(sql`
    select invoice_id, kind, description, trim_scale(quantity)::text as quantity, unit_price_minor, amount_minor
    from invoice_lines
    where tenant_id = ${tx.tenantId} and ((invoice_id = ${invoice.id} and version = ${invoice.version})
      or (invoice_id = ${previous.id} and version = ${previous.version}))
    order by invoice_id, position`)
  const lines = rows.map(({ unitPriceMinor, amountMinor, ...line }) => ({
    ...line,
    unitPrice: money(unitPriceMinor, invoice.currency),
    amount: money(amountMinor, invoice.currency),
  }))
  return Map.groupBy(lines, ({ invoiceId }) => invoiceId)
}
