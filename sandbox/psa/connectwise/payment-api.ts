import { z } from 'zod'
import type { Answer } from '../../kernel/service.ts'
import { dateTime, invoiceOr404 } from './invoice-api.ts'
import type { InvoiceRecord, PaymentRecord } from './invoice-table.ts'
import { check, readBody, readPatch } from './patch.ts'
import type { Author, Psa } from './psa.ts'
import { invalid, notFound } from './refusal.ts'
import { renderPayment } from './render-invoice.ts'
import { billingStatus } from './setup-tables.ts'

const resource = 'invoicePayment'
const Payment = z.looseObject({
  amount: z.number().positive(),
  paymentDate: dateTime.optional(),
  type: z.string().optional(),
  invoice: z.looseObject({ id: z.number().int() }).optional(),
})

/** A payment row. There is no key and no reference: posted twice, it is there twice. Overpayment is taken. */
export function postPayment(psa: Psa, invoiceId: number, body: string, author: Author): Answer {
  const record = invoiceOr404(psa, invoiceId)
  const values = readBody(body, 'InvoicePayment', resource)
  const { amount, paymentDate, invoice } = check(values, Payment, resource)
  if (invoice !== undefined && invoice.id !== invoiceId) {
    throw invalid(resource, [
      { code: 'InvalidReference', message: 'invoice is not the one in the path', field: 'invoice' },
    ])
  }
  refuseCredit(values)
  if (!psa.options.closedTakesPayments && billingStatus(record.statusId).closedFlag) {
    throw invalid(resource, [{ code: 'InvoiceClosed', message: 'A closed invoice takes no payment', field: 'invoice' }])
  }
  const on = paymentDate?.slice(0, 10) ?? psa.today()
  const facts = { amountCents: toCents(amount), on, method: 'other', reference: '' } as const
  return { status: 201, body: renderPayment(psa, record, psa.addPayment(record, facts, author)) }
}

/** PUT or PATCH: the amount and the date. */
export function changePayment(
  psa: Psa,
  invoiceId: number,
  id: number,
  method: string,
  body: string,
  author: Author,
): Answer {
  const { record, paid } = paymentOr404(psa, invoiceId, id)
  const changes =
    method === 'PATCH' ? readPatch(body, 'InvoicePayment', resource) : readBody(body, 'InvoicePayment', resource)
  refuseSynced(paid)
  if (changes.get('credit') !== undefined && paid.payment.creditInvoiceId === undefined) refuseCredit(changes)
  const before = new Map(Object.entries(renderPayment(psa, record, paid)))
  const { amount, paymentDate } = check(new Map([...before, ...changes]), Payment, resource)
  const change = { amountCents: toCents(amount), on: paymentDate?.slice(0, 10) ?? paid.payment.on }
  psa.revisePayment(record, paid, change, author)
  return { status: 200, body: renderPayment(psa, record, paid) }
}

export function deletePayment(psa: Psa, invoiceId: number, id: number, author: Author): Answer {
  const { record, paid } = paymentOr404(psa, invoiceId, id)
  refuseSynced(paid)
  psa.removePayment(record, paid, author)
  return { status: 204 }
}

export function paymentOr404(psa: Psa, invoiceId: number, id: number): { record: InvoiceRecord; paid: PaymentRecord } {
  const record = invoiceOr404(psa, invoiceId)
  const paid = record.payments?.find(({ payment }) => payment.id === id)
  if (paid === undefined) throw notFound(`InvoicePayment ${id}`)
  return { record, paid }
}

/** The vendor keeps two decimals. */
function toCents(amount: number): number {
  return Math.round(amount * 100)
}

function refuseCredit(values: ReadonlyMap<string, unknown>): void {
  if (values.get('credit') === undefined || values.get('credit') === null) return
  throw invalid(resource, [
    { code: 'InvalidField', message: 'Credits can be applied at the screen only', field: 'credit' },
  ])
}

function refuseSynced({ glBatchId }: PaymentRecord): void {
  if (glBatchId === undefined) return
  const message = `The payment was exported in batch ${glBatchId} and cannot be changed`
  throw invalid(resource, [{ code: 'RecordInUse', message, field: 'glBatchID' }])
}
