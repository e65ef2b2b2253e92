import { z } from 'zod'
import type { Answer } from '../../kernel/service.ts'
import { addDays } from '../../world/calendar.ts'
import type { WorldInvoice } from '../../world/world.ts'
import { type InvoiceRecord, invoiceTexts } from './invoice-table.ts'
import { check, readBody, readPatch } from './patch.ts'
import type { Author, Psa } from './psa.ts'
import { invalid, notFound, Refusal } from './refusal.ts'
import { renderInvoice } from './render-invoice.ts'
import { billingStatus, billingStatuses, billingTerms } from './setup-tables.ts'

const resource = 'invoice'
const text = (most: number) => z.string().max(most).nullable()
export const dateTime = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d+)?Z)?$/, 'a date-time in UTC is expected')
  .refine((at) => !Number.isNaN(Date.parse(at)), 'is not a date')
const reference = z.looseObject({ id: z.number().int() })

/** What the vendor checks of the whole record after every change, whatever the change was. */
const WholeInvoice = z.looseObject({
  invoiceNumber: z.string().min(1).max(15),
  type: z.enum(['Agreement', 'CreditMemo', 'DownPayment', 'Miscellaneous', 'Progress', 'Standard']),
  company: reference,
  status: reference,
  total: z.number(),
  date: dateTime,
  dueDate: dateTime,
  reference: text(50).optional(),
  customerPO: text(50).optional(),
  attention: text(60).optional(),
  internalNotes: text(4000).optional(),
  topComment: text(4000).optional(),
  bottomComment: text(4000).optional(),
  billingTerms: reference.optional(),
})

/** Fields a program may change on an open invoice; others are computed, and a change of them is taken without effect. */
export function patchInvoice(psa: Psa, id: number, body: string, author: Author): Answer {
  const record = invoiceOr404(psa, id)
  const changes = readPatch(body, 'Invoice', resource)
  refuseClosed(record)
  return applyChanges(psa, record, changes, author)
}

export function putInvoice(psa: Psa, id: number, body: string, author: Author): Answer {
  const record = invoiceOr404(psa, id)
  const changes = readBody(body, 'Invoice', resource)
  refuseClosed(record)
  return applyChanges(psa, record, changes, author)
}

function applyChanges(psa: Psa, record: InvoiceRecord, changes: Map<string, unknown>, author: Author): Answer {
  const before = new Map(Object.entries(renderInvoice(psa, record)))
  const whole = check(new Map([...before, ...changes]), WholeInvoice, resource)
  const texts = Object.fromEntries(
    invoiceTexts.filter((name) => changes.has(name)).map((name) => [name, whole[name] ?? '']),
  )
  const terms = billingTerms.find(({ id }) => id === whole.billingTerms?.id)
  if (terms === undefined) throw missingReference('billingTerms')
  const on = whole.date.slice(0, 10)
  const dueOn = changes.has('dueDate') ? whole.dueDate.slice(0, 10) : record.invoice.dueOn
  if (on !== record.invoice.on || dueOn !== record.invoice.dueOn) {
    psa.reviseInvoice(record, { ...record.invoice, on, dueOn }, author)
  }
  psa.describeInvoice(record, { statusId: statusOr400(whole.status.id), texts }, author)
  return { status: 200, body: renderInvoice(psa, record) }
}

const ClosedInvoice = z.looseObject({ status: reference.optional(), internalNotes: text(4000).optional() })

/** PUT or PATCH of a closed invoice: its status and its internal notes, and nothing else. */
export function changeClosed(psa: Psa, id: number, method: string, body: string, author: Author): Answer {
  const record = invoiceOr404(psa, id)
  const isPatch = method === 'PATCH'
  const changes = isPatch ? readPatch(body, 'Invoice', 'closedInvoice') : readBody(body, 'Invoice', 'closedInvoice')
  const allowed = ['status', 'internalNotes', ...(isPatch ? [] : ['id', '_info'])]
  const others = [...changes.keys()].filter((name) => !allowed.includes(name))
  if (others.length > 0) {
    throw invalid(
      'closedInvoice',
      others.map((field) => ({
        code: 'InvalidField',
        message: `${field} cannot be changed on a closed invoice`,
        field,
      })),
    )
  }
  if (!billingStatus(record.statusId).closedFlag) {
    throw invalid('closedInvoice', [{ code: 'InvalidStatus', message: 'The invoice is not closed', field: 'status' }])
  }
  const { status, internalNotes } = check(changes, ClosedInvoice, 'closedInvoice')
  const statusId = status === undefined ? record.statusId : statusOr400(status.id)
  const texts = internalNotes === undefined ? {} : { internalNotes: internalNotes ?? '' }
  psa.describeInvoice(record, { statusId, texts }, author)
  const rendered = renderInvoice(psa, record)
  const { status: told, internalNotes: notes, _info } = rendered
  return { status: 200, body: { id, status: told, internalNotes: notes, _info } }
}

const NewInvoice = z.looseObject({
  type: WholeInvoice.shape.type,
  company: z.union([reference, z.looseObject({ identifier: z.string() })]),
  date: dateTime.optional(),
  dueDate: dateTime.optional(),
  reference: text(50).optional(),
  invoiceNumber: text(15).optional(),
})

/** An invoice made by a program has no lines yet. */
export function postInvoice(psa: Psa, body: string, author: Author): Answer {
  const facts = check(readBody(body, 'Invoice', resource), NewInvoice, resource)
  const client = [...psa.clients.values()].find(({ client }) =>
    'id' in facts.company ? client.id === facts.company.id : client.identifier === facts.company.identifier,
  )?.client
  if (client === undefined) throw missingReference('company')
  const kind = kindOf(facts.type)
  const on = facts.date?.slice(0, 10) ?? psa.today()
  const dueOn = facts.dueDate?.slice(0, 10) ?? addDays(on, client.terms.dueDays)
  const title = facts.reference ?? ''
  const number = facts.invoiceNumber ?? undefined
  const record = psa.addInvoice(
    { kind, title, clientId: client.id, on, dueOn, lines: [], taxCents: 0, totalCents: 0, ...(number && { number }) },
    author,
  )
  return { status: 201, body: renderInvoice(psa, record) }
}

function kindOf(type: z.infer<typeof NewInvoice>['type']): WorldInvoice['kind'] {
  switch (type) {
    case 'Agreement':
    case 'CreditMemo':
    case 'Progress':
    case 'Standard':
      return type
    case 'DownPayment':
    case 'Miscellaneous':
      throw new Refusal(400, 'InvalidObject', `invoices of type ${type} are not set up here`)
  }
}

export function deleteInvoice(psa: Psa, id: number, author: Author): Answer {
  const record = invoiceOr404(psa, id)
  refuseClosed(record)
  if ((record.payments ?? []).length > 0) {
    throw new Refusal(400, 'InvalidObject', 'The invoice has payments and cannot be deleted')
  }
  psa.deleteInvoice(record, author)
  return { status: 204 }
}

export function invoiceOr404(psa: Psa, id: number): InvoiceRecord {
  const record = psa.invoices.get(id)
  if (record === undefined) throw notFound(`Invoice ${id}`)
  return record
}

function refuseClosed(record: InvoiceRecord): void {
  if (!billingStatus(record.statusId).closedFlag) return
  throw invalid(resource, [
    { code: 'InvoiceClosed', message: 'A closed invoice cannot be changed. Use closedInvoices.', field: 'status' },
  ])
}

function statusOr400(id: number): number {
  if (!billingStatuses.some((status) => status.id === id)) throw missingReference('status')
  return id
}

function missingReference(field: string): Refusal {
  return invalid(resource, [{ code: 'InvalidReference', message: `The ${field} could not be found`, field }])
}
