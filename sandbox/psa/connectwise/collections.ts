import type { Collection } from './collection.ts'
import { balanceOf, type InvoiceRecord, type PaymentRecord } from './invoice-table.ts'
import type { Bounds, Found } from './match.ts'
import type { AgreementRecord, ClientRecord, NoteRecord, Psa } from './psa.ts'
import type { RecordName } from './record-fields.ts'
import type { Json } from './references.ts'
import {
  type AdditionRow,
  type ContactRow,
  renderAddition,
  renderAgreement,
  renderCompany,
  renderContact,
  renderNote,
  renderSite,
} from './render-client.ts'
import { renderInvoice, renderPayment } from './render-invoice.ts'
import { type LineRow, lineRows, renderExpense, renderProduct, renderTime } from './render-lines.ts'
import { billingCycles, billingStatus, billingStatuses, billingTerms, noteTypes } from './setup-tables.ts'

/** As told: without the fraction of a second. */
const updated = ({ updatedAt }: { updatedAt: number }): Found => Math.floor(updatedAt / 1000) * 1000

/** Every list of the PSA that stands by itself; those below a parent are made per request. */
export function makeCollections(psa: Psa) {
  const invoiceVersion = () => psa.invoices.version
  const signOf = ({ invoice }: InvoiceRecord) =>
    invoice.kind === 'CreditMemo' && psa.options.creditMemoSign === 'positive' ? -1 : 1
  const lines = (
    record: RecordName,
    kind: 'product' | 'time' | 'expense',
    render: (psa: Psa, row: LineRow) => Json,
  ): Collection<LineRow> => ({
    record,
    idOf: ({ id }) => id,
    rows: (bounds: Bounds) => lineRows(psa, kind, bounds),
    version: invoiceVersion,
    render: (row) => render(psa, row),
    getters: {
      id: ({ id }) => id,
      'invoice/id': ({ record }) => record.invoice.id,
      'company/id': ({ record }) => record.invoice.clientId,
      'agreement/id': ({ record }) => record.invoice.agreementId,
      lastupdated: ({ record }) => updated(record),
    },
  })
  const invoices: Collection<InvoiceRecord> = {
    record: 'Invoice',
    idOf: ({ invoice }) => invoice.id,
    rows: (bounds) => psa.invoices.candidates(bounds),
    version: invoiceVersion,
    render: (record) => renderInvoice(psa, record),
    getters: {
      id: ({ invoice }) => invoice.id,
      invoicenumber: ({ invoice }) => invoice.number,
      type: ({ invoice }) => invoice.kind,
      lastupdated: updated,
      balance: (record) => (signOf(record) * balanceOf(record)) / 100,
      total: (record) => (signOf(record) * record.invoice.totalCents) / 100,
      'company/id': ({ invoice }) => invoice.clientId,
      'agreement/id': ({ invoice }) => invoice.agreementId,
      'status/id': ({ statusId }) => statusId,
      'status/name': ({ statusId }) => billingStatus(statusId).name,
      'status/isclosed': ({ statusId }) => billingStatus(statusId).closedFlag,
      date: ({ invoice }) => invoice.on,
      duedate: ({ invoice }) => invoice.dueOn,
    },
  }
  // Clients, contacts and agreements are few; what may have changed is not worth keeping track of.
  let reads = 0
  const never = () => (reads += 1)
  const companies: Collection<ClientRecord> = {
    record: 'Company',
    idOf: ({ client }) => client.id,
    rows: () => psa.clients.values(),
    version: never,
    render: (record) => renderCompany(psa, record),
    getters: { id: ({ client }) => client.id, lastupdated: updated, deletedflag: () => false },
  }
  const contacts: Collection<ContactRow> = {
    record: 'Contact',
    idOf: ({ contact }) => contact.id,
    rows: () => contactRows(psa),
    version: never,
    render: (row) => renderContact(psa, row),
    getters: {
      id: ({ contact }) => contact.id,
      lastupdated: ({ record }) => updated(record),
      'company/id': ({ record }) => record.client.id,
      inactiveflag: () => false,
    },
  }
  const agreements: Collection<AgreementRecord> = {
    record: 'Agreement',
    idOf: ({ agreement }) => agreement.id,
    rows: () => psa.agreements.values(),
    version: never,
    render: (record) => renderAgreement(psa, record),
    getters: {
      id: ({ agreement }) => agreement.id,
      lastupdated: updated,
      'company/id': ({ agreement }) => agreement.clientId,
    },
  }
  return {
    invoices,
    companies,
    contacts,
    agreements,
    products: lines('ProductItem', 'product', renderProduct),
    timeEntries: lines('TimeEntry', 'time', renderTime),
    expenseEntries: lines('ExpenseEntry', 'expense', renderExpense),
    billingStatuses: fixed('BillingStatus', billingStatuses, (row) => ({ ...row, inactiveFlag: false })),
    billingTerms: fixed('BillingTerm', billingTerms, (row) => ({ ...row })),
    billingCycles: fixed('BillingCycle', billingCycles, (row) => ({ ...row })),
    noteTypes: fixed('CompanyNoteType', noteTypes, (row) => ({ ...row })),
    additionsOf: ({ agreement, ...record }: AgreementRecord) =>
      fixed<AdditionRow & { id: number }>(
        'Addition',
        agreement.additions
          .map((addition) => ({ id: addition.id, addition, record: { agreement, ...record } }))
          .sort((a, b) => a.id - b.id),
        (row) => renderAddition(psa, row),
      ),
    adjustmentsOf: () => fixed('AgreementAdjustment', [], () => ({})),
    sitesOf: (record: ClientRecord) => fixed('CompanySite', [{ id: record.client.id }], () => renderSite(psa, record)),
    notesOf: ({ client }: ClientRecord) =>
      fixed<NoteRecord>(
        'CompanyNote',
        psa.notes.filter(({ clientId }) => clientId === client.id),
        (note) => renderNote(psa, note),
      ),
    paymentsOf: (record: InvoiceRecord) =>
      fixed<{ id: number; paid: PaymentRecord }>(
        'InvoicePayment',
        (record.payments ?? []).map((paid) => ({ id: paid.payment.id, paid })),
        ({ paid }) => renderPayment(psa, record, paid),
      ),
  }
}

export type Collections = ReturnType<typeof makeCollections>

function* contactRows(psa: Psa): Generator<ContactRow> {
  for (const record of psa.clients.values()) {
    for (const contact of record.client.contacts) yield { contact, record }
  }
}

/** A short list that is made for one request, or never changes. */
function fixed<Row extends { id: number }>(
  record: RecordName,
  rows: readonly Row[],
  render: (row: Row) => Json,
): Collection<Row> {
  return { record, idOf: ({ id }) => id, rows: () => rows, version: () => 0, render }
}
