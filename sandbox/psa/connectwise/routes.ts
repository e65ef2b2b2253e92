import { z } from 'zod'
import type { Answer, Asked } from '../../kernel/service.ts'
import { callbackOr404, changeCallback, deleteCallback, postCallback, renderCallback } from './callback-api.ts'
import type { Callbacks } from './callbacks.ts'
import type { Collection } from './collection.ts'
import type { Collections } from './collections.ts'
import { changeClosed, deleteInvoice, invoiceOr404, patchInvoice, postInvoice, putInvoice } from './invoice-api.ts'
import { invoicePdf } from './invoice-pdf.ts'
import { count, list, one } from './listing.ts'
import { type Member, requireFinanceWrite } from './members.ts'
import { check, readBody } from './patch.ts'
import { changePayment, deletePayment, paymentOr404, postPayment } from './payment-api.ts'
import type { AgreementRecord, ClientRecord, Psa } from './psa.ts'
import { agreementRef, type Json } from './references.ts'
import { notFound, Refusal } from './refusal.ts'
import { renderNote } from './render-client.ts'
import { renderInvoice, renderPayment, totalsOf } from './render-invoice.ts'
import { linesOf, renderExpense, renderProduct, renderTime } from './render-lines.ts'
import { issueAgreement } from './run-agreements.ts'

export type Tenant = { psa: Psa; callbacks: Callbacks; collections: Collections }

/** One request below `apis/3.0`, from a member whose keys are good. `ids` are the numbers in the path, in order. */
export type Call = { asked: Asked; member: Member; ids: readonly [number, number]; method: string }
type Handler = (call: Call) => Answer
export type Route = { methods: string; template: string; handle: Handler }

/** Every operation the stand-in knows, in the vendor's paths. */
export function makeRoutes(tenant: Tenant): Route[] {
  const { psa, collections } = tenant
  return [
    { methods: 'GET', template: 'system/info', handle: () => ({ status: 200, body: systemInfo(psa) }) },
    ...callbackRoutes(tenant),
    ...listRoutes('company/companies', collections.companies),
    ...clientRoutes(tenant),
    ...listRoutes('company/contacts', collections.contacts),
    ...listRoutes('company/noteTypes', collections.noteTypes),
    ...listRoutes('finance/agreements', collections.agreements),
    ...agreementRoutes(tenant),
    ...listRoutes('finance/invoices', collections.invoices),
    ...invoiceRoutes(tenant),
    ...listRoutes('finance/billingStatuses', collections.billingStatuses),
    ...listRoutes('finance/billingTerms', collections.billingTerms),
    ...listRoutes('finance/billingCycles', collections.billingCycles),
    ...listRoutes('procurement/products', collections.products),
    ...listRoutes('time/entries', collections.timeEntries),
    ...listRoutes('expense/entries', collections.expenseEntries),
  ]
}

function get(template: string, handle: Handler): Route {
  return { methods: 'GET', template, handle }
}

/** List, count and detail of a collection that stands by itself. */
function listRoutes<Row>(path: string, collection: Collection<Row>): Route[] {
  return [
    get(path, ({ asked }) => list(asked, collection)),
    get(`${path}/count`, ({ asked }) => count(asked, collection)),
    get(`${path}/#`, ({ asked, ids }) => detail(asked, collection, ids[0])),
  ]
}

/** The same below a parent, which is looked up for each request. */
function childRoutes<Parent, Row>(
  path: string,
  parentOf: (id: number) => Parent,
  collectionOf: (parent: Parent) => Collection<Row>,
): Route[] {
  return [
    get(path, ({ asked, ids }) => list(asked, collectionOf(parentOf(ids[0])))),
    get(`${path}/count`, ({ asked, ids }) => count(asked, collectionOf(parentOf(ids[0])))),
    get(`${path}/#`, ({ asked, ids }) => detail(asked, collectionOf(parentOf(ids[0])), ids[1])),
  ]
}

function detail<Row>(asked: Asked, collection: Collection<Row>, id: number): Answer {
  const bounds = { ids: [id], idFrom: Number.NEGATIVE_INFINITY, updatedFrom: Number.NEGATIVE_INFINITY }
  for (const row of collection.rows(bounds)) {
    if (collection.idOf(row) === id) return one(asked, collection.record, collection.render(row))
  }
  throw notFound(`${collection.record} ${id}`)
}

function callbackRoutes({ psa, callbacks }: Tenant): Route[] {
  const path = 'system/callbacks'
  const all: Collection<Callbacks['registered'][number]> = {
    record: 'CallbackEntry',
    idOf: ({ id }) => id,
    rows: () => callbacks.registered,
    version: () => psa.now(),
    render: renderCallback,
  }
  const guarded =
    (handle: Handler): Handler =>
    (call) => {
      requireFinanceWrite(call.member) // the second member's role has no access to set-up either
      return handle(call)
    }
  const routes: Route[] = [
    get(path, ({ asked }) => ({ ...list(asked, { ...all }) })),
    get(`${path}/count`, ({ asked }) => count(asked, { ...all })),
    get(`${path}/#`, ({ asked, ids }) => one(asked, 'CallbackEntry', renderCallback(callbackOr404(callbacks, ids[0])))),
    { methods: 'POST', template: path, handle: ({ asked, member }) => postCallback(callbacks, asked.body, member) },
    {
      methods: 'PATCH PUT',
      template: `${path}/#`,
      handle: ({ asked, ids, method }) => changeCallback(callbacks, ids[0], method, asked.body, psa.now()),
    },
    { methods: 'DELETE', template: `${path}/#`, handle: ({ ids }) => deleteCallback(callbacks, ids[0]) },
  ]
  return routes.map(({ handle, ...route }) => ({ ...route, handle: guarded(handle) }))
}

const NewNote = z.looseObject({
  text: z.string().min(1),
  type: z.looseObject({ id: z.number().int() }).optional(),
  flagged: z.boolean().nullish(),
})

function clientRoutes({ psa, collections }: Tenant): Route[] {
  const clientOf = (id: number): ClientRecord => {
    const record = psa.clients.get(id)
    if (record === undefined) throw notFound(`Company ${id}`)
    return record
  }
  const path = 'company/companies/#'
  return [
    ...childRoutes(`${path}/sites`, clientOf, collections.sitesOf),
    ...childRoutes(`${path}/notes`, clientOf, collections.notesOf),
    {
      methods: 'POST',
      template: `${path}/notes`,
      handle: ({ asked, ids, member }) => {
        const { client } = clientOf(ids[0])
        const { text, type, flagged } = check(
          readBody(asked.body, 'CompanyNote', 'companyNote'),
          NewNote,
          'companyNote',
        )
        const id = (psa.notes.at(-1)?.id ?? 0) + 1
        const by = member.identifier
        const note = {
          id,
          clientId: client.id,
          text,
          typeId: type?.id ?? 1,
          flagged: flagged ?? false,
          by,
          at: psa.now(),
        }
        psa.notes.push(note)
        return { status: 201, body: renderNote(psa, note) }
      },
    },
  ]
}

function agreementRoutes({ psa, collections }: Tenant): Route[] {
  const agreementOf = (id: number): AgreementRecord => {
    const record = psa.agreements.get(id)
    if (record === undefined) throw notFound(`Agreement ${id}`)
    return record
  }
  const path = 'finance/agreements/#'
  return [
    ...childRoutes(`${path}/additions`, agreementOf, collections.additionsOf),
    ...childRoutes(`${path}/adjustments`, agreementOf, collections.adjustmentsOf),
    {
      methods: 'POST',
      template: `${path}/invoice`,
      handle: ({ ids, member }) => {
        requireFinanceWrite(member)
        const issued = issueAgreement(psa, agreementOf(ids[0]), member)
        if (issued === undefined) throw new Refusal(400, 'InvalidObject', 'There is nothing to invoice')
        return { status: 201, body: String(issued.invoice.id) }
      },
    },
  ]
}

function invoiceRoutes({ psa, collections }: Tenant): Route[] {
  const write = (methods: string, template: string, handle: Handler): Route => ({
    methods,
    template,
    handle: (call) => {
      requireFinanceWrite(call.member) // before anything is looked up, so that a check can ask without an effect
      return handle(call)
    },
  })
  const path = 'finance/invoices'
  const payments = `${path}/#/payments`
  return [
    write('POST', path, ({ asked, member }) => postInvoice(psa, asked.body, member)),
    write('PATCH', `${path}/#`, ({ asked, ids, member }) => patchInvoice(psa, ids[0], asked.body, member)),
    write('PUT', `${path}/#`, ({ asked, ids, member }) => putInvoice(psa, ids[0], asked.body, member)),
    write('DELETE', `${path}/#`, ({ ids, member }) => deleteInvoice(psa, ids[0], member)),
    write('PATCH PUT', 'finance/closedInvoices/#', ({ asked, ids, member, method }) =>
      changeClosed(psa, ids[0], method, asked.body, member),
    ),
    get(`${path}/#/pdf`, ({ ids }) => ({
      status: 200,
      headers: { 'content-type': 'application/pdf' },
      body: invoicePdf(psa, invoiceOr404(psa, ids[0])),
    })),
    get('finance/info/invoice/#', ({ ids }) => ({ status: 200, body: invoiceInfo(psa, ids[0]) })),
    get(payments, ({ asked, ids }) => list(asked, collections.paymentsOf(invoiceOr404(psa, ids[0])))),
    get(`${payments}/#`, ({ asked, ids }) => {
      const { record, paid } = paymentOr404(psa, ids[0], ids[1])
      return one(asked, 'InvoicePayment', renderPayment(psa, record, paid))
    }),
    write('POST', payments, ({ asked, ids, member }) => postPayment(psa, ids[0], asked.body, member)),
    write('PATCH PUT', `${payments}/#`, ({ asked, ids, member, method }) =>
      changePayment(psa, ids[0], ids[1], method, asked.body, member),
    ),
    write('DELETE', `${payments}/#`, ({ ids, member }) => deletePayment(psa, ids[0], ids[1], member)),
  ]
}

/** Everything on one invoice in a single answer. */
function invoiceInfo(psa: Psa, id: number): Json {
  const record = invoiceOr404(psa, id)
  const agreement = psa.agreements.get(record.invoice.agreementId ?? 0)?.agreement
  const amount = totalsOf(psa, record).agreementAmount
  return {
    id,
    invoice: renderInvoice(psa, record),
    products: [...linesOf(record, 'product')].map((row) => renderProduct(psa, row)),
    bundledComponentsInfo: [],
    expenses: [...linesOf(record, 'expense')].map((row) => renderExpense(psa, row)),
    timeEntries: [...linesOf(record, 'time')].map((row) => renderTime(psa, row)),
    agreementBillingInfo:
      agreement === undefined
        ? []
        : [
            {
              agreementName: agreement.name,
              agreementType: String(agreementRef(psa, agreement)?.type ?? ''),
              agreementAmount: amount,
              agreementRecId: agreement.id,
            },
          ],
  }
}

function systemInfo(psa: Psa): Json {
  return {
    version: 'v2026.1.127843',
    isCloud: true,
    serverTimeZone: 'Eastern Standard Time',
    cloudRegion: 'NA',
    licenseBits: [{ name: psa.msp.name, activeFlag: true }],
    maxWorkFlowRecordsAllowed: 1000,
  }
}
