import type { WorldLine } from '../../world/world.ts'
import { type BadRowKind, balanceOf, type InvoiceRecord, type PaymentRecord } from './invoice-table.ts'
import type { Psa } from './psa.ts'
import {
  agreementRef,
  applyToType,
  companyRef,
  contactRef,
  currencyRef,
  info,
  invoiceRef,
  type Json,
  midnight,
  siteRef,
  statusRef,
  taxCodeRef,
  workRefs,
} from './references.ts'
import { billingStatus, billingTerms } from './setup-tables.ts'

type Totals = Record<
  'serviceTotal' | 'expenseTotal' | 'productTotal' | 'agreementAmount' | 'subtotal' | 'salesTax' | 'total' | 'payments',
  number
> & { credits: number; balance: number }

/**
 * The amounts of an invoice as doubles. Sums are added up as doubles too, so that they carry the noise the vendor's do.
 * Additions count towards the agreement's amount; one-time products on an agreement invoice stay products.
 */
export function totalsOf(psa: Psa, record: InvoiceRecord): Totals {
  const { invoice, paidCents, creditedCents } = record
  const sign = invoice.kind === 'CreditMemo' && psa.options.creditMemoSign === 'positive' ? -1 : 1
  const isNoisy = psa.options.floatNoise
  const sums = { time: 0, expense: 0, product: 0, agreement: 0 }
  for (const line of invoice.lines) {
    sums[bucketOf(line)] += isNoisy ? (sign * line.amountCents) / 100 : sign * line.amountCents
  }
  const unit = isNoisy ? 1 : 100
  const serviceTotal = sums.time / unit
  const expenseTotal = sums.expense / unit
  const productTotal = sums.product / unit
  const agreementAmount = sums.agreement / unit
  const salesTax = (sign * invoice.taxCents) / 100
  const exact = (cents: number) => (sign * cents) / 100
  const subtotal = isNoisy
    ? serviceTotal + expenseTotal + productTotal + agreementAmount
    : exact(invoice.totalCents - invoice.taxCents)
  const total = isNoisy ? subtotal + salesTax : exact(invoice.totalCents)
  const payments = exact(paidCents)
  const credits = exact(creditedCents)
  const balance = isNoisy ? total - payments - credits : exact(balanceOf(record))
  return {
    serviceTotal,
    expenseTotal,
    productTotal,
    agreementAmount,
    subtotal,
    salesTax,
    total,
    payments,
    credits,
    balance,
  }
}

function bucketOf(line: WorldLine): WorldLine['kind'] {
  return line.additionId === undefined ? line.kind : 'agreement'
}

export function renderInvoice(psa: Psa, record: InvoiceRecord): Json {
  const { invoice, texts } = record
  const client = psa.clients.get(invoice.clientId)?.client
  const payer = psa.clients.get(client?.billToClientId ?? 0)?.client ?? client
  const status = billingStatus(record.statusId)
  const address = payer?.address
  const country = address?.country ?? psa.msp.country
  const self = `${psa.baseUrl}/finance/invoices/${invoice.id}`
  const terms = billingTerms.find(({ name }) => name === client?.terms.name) ?? billingTerms[2]
  const rendered: Json = {
    id: invoice.id,
    invoiceNumber: invoice.number,
    type: invoice.kind,
    status: statusRef(psa, record.statusId),
    company: companyRef(psa, client),
    billToCompany: companyRef(psa, payer),
    shipToCompany: companyRef(psa, client),
    accountNumber: '',
    applyToType: applyToType(invoice),
    applyToId: invoice.agreementId ?? invoice.id,
    attention: payer === undefined ? '' : attentionOf(psa, payer.id),
    billingSite: siteRef(psa, payer),
    billingSiteAddressLine1: address?.line1,
    billingSiteCity: address?.city,
    billingSiteState: address?.state,
    billingSiteZip: address?.zip,
    billingSiteCountry: country,
    shippingSite: siteRef(psa, client),
    billingTerms: { id: terms.id, name: terms.name },
    reference: invoice.title.slice(0, 50),
    customerPO: '',
    templateSetupId: 1,
    emailTemplateId: 1,
    addToBatchEmailList: false,
    date: midnight(invoice.on),
    dueDate: midnight(invoice.dueOn),
    restrictDownpaymentFlag: false,
    locationId: 2,
    location: { id: 2, name: psa.msp.city },
    departmentId: 10,
    department: { id: 10, name: 'Services' },
    topComment: '',
    bottomComment: '',
    taxableFlag: (client?.taxRateBps ?? 0) > 0,
    taxCode: taxCodeRef(client),
    internalNotes: '',
    ...texts,
    downpaymentPreviouslyTaxedFlag: false,
    overrideDownPaymentAmountFlag: false,
    currency: currencyRef(psa, client),
    ...totalsOf(psa, record),
    previousProgressApplied: 0,
    serviceAdjustmentAmount: 0,
    downpaymentApplied: 0,
    remainingDownpayment: 0,
    adjustmentReason: '',
    adjustedBy: '',
    closedBy: status.closedFlag ? record.updatedBy : '',
    specialInvoiceFlag: false,
    ...workRefs(psa, invoice),
    agreement: invoice.agreementId === undefined ? undefined : agreementOf(psa, invoice.agreementId),
    customFields: [],
    _info: info(record.updatedAt, record.updatedBy, {
      payments_href: `${self}/payments`,
      pdf_href: `${self}/pdf`,
      products_href: `${psa.baseUrl}/procurement/products?conditions=invoice/id=${invoice.id}`,
    }),
  }
  return record.bad === undefined ? rendered : spoil(rendered, record.bad)
}

function agreementOf(psa: Psa, id: number): Json | undefined {
  return agreementRef(psa, psa.agreements.get(id)?.agreement)
}

function attentionOf(psa: Psa, clientId: number): string {
  const client = psa.clients.get(clientId)?.client
  if (client === undefined || client.billingBy !== 'client') return ''
  return String(contactRef(psa, client, client.billingContactId)?.name ?? '')
}

/** A row gone wrong on purpose, in one of the ways such rows go wrong. */
function spoil(rendered: Json, kind: BadRowKind): Json {
  switch (kind) {
    case 'total-as-text':
      return { ...rendered, total: String(rendered.total) }
    case 'missing-company':
      return { ...rendered, company: undefined, billToCompany: undefined }
    case 'date-nonsense':
      return { ...rendered, dueDate: '2026-13-45T99:00:00Z' }
    case 'unknown-company':
      return {
        ...rendered,
        company: { id: 999_999, identifier: 'Ghost', name: 'Company that was deleted' },
        billToCompany: { id: 999_999, identifier: 'Ghost', name: 'Company that was deleted' },
      }
    case 'balance-mismatch':
      return { ...rendered, balance: Number(rendered.balance) + 17 }
    case 'fraction-of-a-cent':
      return { ...rendered, total: Number(rendered.total) + 0.004, balance: Number(rendered.balance) + 0.004 }
  }
}

export function renderPayment(psa: Psa, record: InvoiceRecord, { payment, ...paid }: PaymentRecord): Json {
  const { balance, total } = totalsOf(psa, record)
  const credit = psa.invoices.get(payment.creditInvoiceId ?? 0)?.invoice
  return {
    id: payment.id,
    type: payment.method === 'credit' ? 'Credit' : 'Payment',
    source: 'Default',
    invoice: invoiceRef(psa, record.invoice),
    credit: credit === undefined ? undefined : invoiceRef(psa, credit),
    amount: payment.amountCents / 100,
    balance: 0,
    invoiceBalance: balance,
    invoiceTotal: total,
    paymentDate: midnight(payment.on),
    appliedBy: paid.appliedBy,
    paymentSyncStatus: paid.glBatchId === undefined ? 'Applied' : 'Synced',
    glBatchID: paid.glBatchId,
    paymentSyncDate: paid.glBatchId === undefined ? undefined : midnight(payment.on),
    _info: info(paid.updatedAt, paid.appliedBy),
  }
}
