import { z } from 'zod'
import type { Answer, Asked } from '../../kernel/service.ts'
import type { Callbacks } from './callbacks.ts'
import { ClientChange, NewClient, reviseClient, takeOnClient } from './control-clients.ts'
import {
  BadRow,
  clientNamed,
  InvoiceChange,
  issueInvoice,
  NewInvoice,
  NewPayment,
  recordPayment,
  reviseInvoice,
  spoilInvoice,
} from './control-invoices.ts'
import { balanceOf, type InvoiceRecord } from './invoice-table.ts'
import { Options } from './options.ts'
import { readJson } from './patch.ts'
import { type ClientRecord, type Psa, person } from './psa.ts'
import { instant } from './references.ts'
import { notFound, Refusal } from './refusal.ts'
import { runAgreements } from './run-agreements.ts'
import { billingStatus } from './setup-tables.ts'

type Controlled = { psa: Psa; callbacks: Callbacks }

const AdditionChange = z.strictObject({ quantity: z.number().int().positive() })

/** What a person does at the PSA's own screens, and what a test wants to know. Never part of the vendor's API. */
export function handleControl(controlled: Controlled, asked: Asked): Answer {
  const { psa, callbacks } = controlled
  const [resource = '', id = '', child = '', childId = ''] = asked.path.replace('/_sandbox/', '').split('/')
  const parse = <Shape extends z.ZodType>(shape: Shape): z.infer<Shape> => {
    const parsed = shape.safeParse(asked.body === '' ? {} : readJson(asked.body))
    if (parsed.success) return parsed.data
    throw new Refusal(400, 'InvalidControl', z.prettifyError(parsed.error))
  }
  switch (`${asked.method} ${resource}${id === '' ? '' : '/#'}${child === '' ? '' : `/${child}`}`) {
    case 'GET invoices':
      return { status: 200, body: { invoices: listInvoices(psa, asked.params) } }
    case 'GET invoices/#':
      return { status: 200, body: tell(psa, invoiceOf(psa, id)) }
    case 'POST invoices':
      return { status: 201, body: tell(psa, issueInvoice(psa, parse(NewInvoice))) }
    case 'PATCH invoices/#':
      return { status: 200, body: tell(psa, reviseInvoice(psa, invoiceOf(psa, id), parse(InvoiceChange))) }
    case 'DELETE invoices/#':
      psa.deleteInvoice(invoiceOf(psa, id), person)
      return { status: 204 }
    case 'POST invoices/#/payments':
      return { status: 201, body: recordPayment(psa, invoiceOf(psa, id), parse(NewPayment)) }
    case 'DELETE invoices/#/payments': {
      const record = invoiceOf(psa, id)
      const paid = record.payments?.find(({ payment }) => payment.id === Number(childId))
      if (paid === undefined) throw notFound(`Payment ${childId}`)
      psa.removePayment(record, paid, person)
      return { status: 204 }
    }
    case 'GET payments':
      return { status: 200, body: { payments: listPayments(psa, asked.params) } }
    case 'POST bad-row':
      return { status: 200, body: tell(psa, spoilInvoice(psa, parse(BadRow))) }
    case 'POST run-agreements':
      return { status: 200, body: { issued: runAgreements(psa).map((record) => tell(psa, record)) } }
    case 'POST clients':
      return { status: 201, body: takeOnClient(psa, parse(NewClient)).client }
    case 'PATCH clients/#':
      return { status: 200, body: reviseClient(psa, clientNamed(psa, id), parse(ClientChange)).client }
    case 'DELETE contacts/#': {
      const found = contactOf(psa, Number(id))
      psa.removeContact(found, Number(id), person)
      return { status: 204 }
    }
    case 'PATCH agreements/#/additions':
      return {
        status: 200,
        body: { additions: reviseAddition(psa, Number(id), Number(childId), parse(AdditionChange)) },
      }
    case 'GET options':
      return { status: 200, body: psa.options }
    case 'POST options':
      Object.assign(psa.options, definedOf(parse(Options.partial())))
      return { status: 200, body: psa.options }
    case 'GET notes':
      return { status: 200, body: { notes: psa.notes } }
    case 'GET callbacks':
      return { status: 200, body: { registered: callbacks.registered, deliveries: callbacks.deliveries } }
    // The vendor serves the key outside its described API; it lies here so that traces hold that API only.
    case 'GET callback-key': {
      if (asked.params.get('id') !== callbacks.keyId) throw notFound('Key')
      return { status: 200, body: { signing_key: callbacks.signingKey, expires_in: 3600 } }
    }
    default:
      throw notFound(`${asked.method} ${asked.path}`)
  }
}

/** An invoice as a test wants to see it: whole cents, and what is left of it. */
function tell(psa: Psa, record: InvoiceRecord): object {
  const { invoice, paidCents, creditedCents, statusId, texts, updatedAt, bad } = record
  return {
    ...invoice,
    client: psa.clients.get(invoice.clientId)?.client.name,
    paidCents,
    creditedCents,
    balanceCents: balanceOf(record),
    status: billingStatus(statusId).name,
    internalNotes: texts?.internalNotes ?? '',
    lastUpdated: instant(updatedAt),
    payments: (record.payments ?? []).map(({ payment, appliedBy }) => ({ ...payment, appliedBy })),
    ...(bad === undefined ? {} : { bad }),
  }
}

/** `number`, `client`, `open=true` choose; `newest=true` turns the order round; `limit` cuts. */
function listInvoices(psa: Psa, params: URLSearchParams): object[] {
  const number = params.get('number')
  const client = params.get('client')
  const limit = Number(params.get('limit') ?? Number.POSITIVE_INFINITY)
  const clientId = client === null ? undefined : clientNamed(psa, client).client.id
  const all = params.get('newest') === 'true' ? psa.invoices.all.toReversed() : psa.invoices.all
  const found: object[] = []
  for (const record of all) {
    if (found.length >= limit) break
    if (number !== null && record.invoice.number !== number) continue
    if (clientId !== undefined && record.invoice.clientId !== clientId) continue
    if (params.get('open') === 'true' && (balanceOf(record) === 0 || record.invoice.kind === 'CreditMemo')) continue
    found.push(tell(psa, record))
  }
  return found
}

/** `by=closeloop` leaves only what that member wrote; `invoiceId` one invoice's. */
function listPayments(psa: Psa, params: URLSearchParams): object[] {
  const by = params.get('by')
  const invoiceId = params.get('invoiceId')
  const records = invoiceId === null ? psa.invoices.all : [invoiceOf(psa, invoiceId)]
  return records.flatMap(({ invoice, payments = [] }) =>
    payments
      .filter(({ appliedBy }) => by === null || appliedBy === by)
      .map(({ payment, appliedBy, updatedAt }) => ({
        ...payment,
        invoiceNumber: invoice.number,
        appliedBy,
        lastUpdated: instant(updatedAt),
      })),
  )
}

/** A change of quantity ends one addition and begins another, today. */
function reviseAddition(psa: Psa, id: number, additionId: number, { quantity }: z.infer<typeof AdditionChange>) {
  const record = psa.agreements.get(id)
  const before = record?.agreement.additions.find((addition) => addition.id === additionId)
  if (record === undefined || before === undefined) throw notFound(`Addition ${additionId}`)
  const { cancelledOn: _over, ...going } = before
  const today = psa.today()
  const nextId = Math.max(...record.agreement.additions.map((addition) => addition.id)) + 1
  const additions = [
    ...record.agreement.additions.map((each) => (each === before ? { ...each, cancelledOn: today } : each)),
    { ...going, id: nextId, quantity, effectiveOn: today },
  ]
  psa.reviseAgreement(record, { ...record.agreement, additions }, person)
  return additions
}

function contactOf(psa: Psa, id: number): ClientRecord {
  for (const record of psa.clients.values()) if (record.client.contacts.some((one) => one.id === id)) return record
  throw notFound(`Contact ${id}`)
}

function invoiceOf(psa: Psa, id: string): InvoiceRecord {
  const record = psa.invoices.get(Number(id))
  if (record === undefined) throw notFound(`Invoice ${id}`)
  return record
}

function definedOf<T extends object>(value: T): Partial<T> {
  const entries = Object.entries(value).filter(([, each]) => each !== undefined)
  return Object.fromEntries(entries) as Partial<T> // the same names and values
}
