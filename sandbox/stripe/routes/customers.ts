import { endpoint, idOf, nothing } from '../api/call.ts'
import { missing } from '../api/errors.ts'
import { page, within } from '../api/pages.ts'
import { flag, ignored, integer, listOf, metadata, oneOf, shape, text, unsettable, word } from '../api/params.ts'
import { address, pageFields, shipping, timeFilter } from '../api/shared-params.ts'
import { emit } from '../events/emit.ts'
import { addressOf, mergeMetadata } from '../objects/common.ts'
import type { Customer } from '../objects/customer.ts'
import { attachMethod, detachMethod, methodNamed } from '../payments/payment-methods.ts'
import { newId, type Scope } from '../state/state.ts'

const fields = {
  address: unsettable(address),
  balance: integer,
  business_name: text,
  description: text,
  email: text,
  individual_name: text,
  invoice_prefix: word,
  invoice_settings: shape({
    custom_fields: ignored,
    default_payment_method: unsettable(word),
    footer: text,
    rendering_options: ignored,
  }),
  metadata,
  name: text,
  next_invoice_sequence: integer,
  phone: text,
  preferred_locales: listOf(word),
  shipping: unsettable(shipping),
  tax_exempt: unsettable(oneOf('exempt', 'none', 'reverse')),
  validate: flag,
}
const update = shape(fields)
const create = shape({ ...fields, payment_method: word, tax_id_data: ignored, tax: ignored, test_clock: word })

export const customerEndpoints = [
  endpoint('POST', '/v1/customers', create, ({ scope, params }) => {
    const { payment_method: method, ...asked } = params
    const customer = scope.account.customers.add(newCustomer(scope))
    change(scope, customer, asked)
    emit(scope, 'customer.created', customer)
    if (method !== undefined) attachMethod(scope, methodNamed(scope, method, 'payment_method'), customer.id)
    return customer
  }),

  endpoint(
    'GET',
    '/v1/customers',
    shape({ ...pageFields, created: timeFilter, email: word, test_clock: word }),
    (call) => {
      const { scope, params } = call
      return page(scope.account.customers, params, {
        url: '/v1/customers',
        kind: 'customer',
        keep: ({ email, created }) =>
          (params.email === undefined || email === params.email) && within(params.created, created),
      })
    },
  ),

  endpoint('GET', '/v1/customers/:id', nothing, ({ scope, ids }) => {
    const isDeleted = scope.account.deletedCustomers.has(idOf(ids))
    return isDeleted ? tombstone(idOf(ids)) : customerAt(scope, ids)
  }),

  endpoint('POST', '/v1/customers/:id', update, ({ scope, ids, params }) => {
    const customer = customerAt(scope, ids)
    const previous = change(scope, customer, params)
    if (Object.keys(previous).length > 0) emit(scope, 'customer.updated', customer, previous)
    return customer
  }),

  endpoint('DELETE', '/v1/customers/:id', nothing, ({ scope, ids }) => {
    const { account } = scope
    const customer = customerAt(scope, ids)
    for (const id of account.methodsOfCustomer.get(customer.id) ?? []) {
      const method = account.paymentMethods.get(id)
      if (method !== undefined) detachMethod(scope, method)
    }
    account.customers.remove(customer.id)
    account.deletedCustomers.add(customer.id)
    emit(scope, 'customer.deleted', customer)
    return tombstone(customer.id)
  }),
]

export function customerAt({ account }: Scope, ids: readonly string[]): Customer {
  const customer = account.customers.get(idOf(ids))
  if (customer === undefined) throw missing('customer', idOf(ids))
  return customer
}

/** What is left of a deleted customer. */
function tombstone(id: string): object {
  return { id, object: 'customer', deleted: true }
}

type Changes = ReturnType<typeof update>

/** Applies what was asked and answers the former values of what is different now. */
function change(scope: Scope, customer: Customer, asked: Changes): Partial<Customer> {
  const next: Partial<Customer> = {}
  if (asked.address !== undefined) next.address = asked.address === null ? null : addressOf(asked.address)
  if (asked.balance !== undefined) next.balance = asked.balance
  if (typeof asked.business_name === 'string') next.business_name = asked.business_name
  if (asked.description !== undefined) next.description = asked.description
  if (asked.email !== undefined) next.email = asked.email
  if (typeof asked.individual_name === 'string') next.individual_name = asked.individual_name
  if (asked.invoice_prefix !== undefined) next.invoice_prefix = asked.invoice_prefix
  if (asked.name !== undefined) next.name = asked.name
  if (asked.phone !== undefined) next.phone = asked.phone
  if (asked.preferred_locales !== undefined) next.preferred_locales = asked.preferred_locales
  if (asked.metadata !== undefined) next.metadata = mergeMetadata(customer.metadata, asked.metadata)
  if (asked.tax_exempt !== undefined) next.tax_exempt = asked.tax_exempt ?? 'none'
  if (asked.shipping !== undefined) {
    next.shipping =
      asked.shipping === null
        ? null
        : { address: addressOf(asked.shipping.address), name: asked.shipping.name, phone: asked.shipping.phone ?? null }
  }
  const preferred = asked.invoice_settings?.default_payment_method
  if (preferred !== undefined) {
    if (preferred !== null) methodNamed(scope, preferred, 'invoice_settings[default_payment_method]')
    next.invoice_settings = { ...customer.invoice_settings, default_payment_method: preferred }
  }
  const changed = Object.entries(next).filter(([name, value]) => !same(value, customer[name as keyof Customer]))
  const previous = Object.fromEntries(changed.map(([name]) => [name, customer[name as keyof Customer] ?? null]))
  Object.assign(customer, next)
  return previous
}

function same(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other)
}

function newCustomer({ state }: Scope): Customer {
  return {
    id: newId(state, 'cus', 14),
    object: 'customer',
    address: null,
    balance: 0,
    created: state.clock.seconds(),
    currency: null,
    customer_account: null,
    default_source: null,
    delinquent: false,
    description: null,
    discount: null,
    email: null,
    invoice_prefix: state.random.id(8).toUpperCase(),
    invoice_settings: { custom_fields: null, default_payment_method: null, footer: null, rendering_options: null },
    livemode: false,
    metadata: {},
    name: null,
    next_invoice_sequence: 1,
    phone: null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: 'none',
    test_clock: null,
  }
}
