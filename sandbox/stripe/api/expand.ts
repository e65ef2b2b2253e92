import type { Account } from '../state/account.ts'
import { malformed } from './errors.ts'

const depthMax = 4

/** Fields that hold an id, by kind of object; only these can be expanded. */
const expandable: Record<string, readonly string[]> = {
  balance_transaction: ['source'],
  charge: ['balance_transaction', 'customer', 'failure_balance_transaction', 'payment_intent', 'refunds'],
  confirmation_token: [],
  customer: [],
  customer_session: ['customer'],
  dispute: ['charge', 'payment_intent'],
  mandate: ['payment_method'],
  payment_intent: ['customer', 'latest_charge', 'payment_method', 'application', 'on_behalf_of', 'review', 'source'],
  payment_method: ['customer'],
  payout: ['balance_transaction', 'destination'],
  refund: [
    'balance_transaction',
    'charge',
    'customer',
    'failure_balance_transaction',
    'payment_intent',
    'payment_method',
  ],
  setup_attempt: ['customer', 'payment_method', 'setup_intent'],
  setup_intent: ['customer', 'latest_attempt', 'mandate', 'payment_method', 'application', 'on_behalf_of'],
}

type Fields = { [name: string]: unknown }

/** The object with the ids under these paths replaced by what they name; the original is left as it is. */
export function expand(account: Account, object: object, paths: readonly string[]): object {
  return paths.reduce((shown, path) => {
    const steps = path.split('.')
    if (steps.length > depthMax)
      throw malformed(`You cannot expand more than ${depthMax} levels of a property.`, undefined, 'expand')
    return expandPath(account, shown, steps, path)
  }, object)
}

function expandPath(account: Account, object: object, steps: readonly string[], path: string): object {
  const [step, ...rest] = steps
  if (step === undefined) return object
  const fields: Fields = { ...object }
  if (fields.object === 'list' || fields.object === 'search_result') {
    if (step !== 'data' || !Array.isArray(fields.data)) throw cannot(step, path, true)
    return { ...fields, data: fields.data.map((item: object) => expandPath(account, item, rest, path)) }
  }
  const kind = typeof fields.object === 'string' ? fields.object : ''
  if (expandable[kind]?.includes(step) !== true) throw cannot(step, path, false)
  const found = valueAt(account, fields, step)
  return { ...fields, [step]: isObject(found) ? expandPath(account, found, rest, path) : found }
}

function valueAt(account: Account, fields: Fields, step: string): unknown {
  const value = fields[step]
  if (typeof value === 'string') return account.find(value) ?? value
  if (step !== 'refunds' || value !== undefined || typeof fields.id !== 'string') return value
  const data = account.refunds.group(0, fields.id).toReversed()
  return { object: 'list', data, has_more: false, url: `/v1/charges/${fields.id}/refunds` }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function cannot(step: string, path: string, isList: boolean): Error {
  const hint = isList ? ` You may want to try expanding 'data.${path}' instead.` : ''
  return malformed(`This property cannot be expanded (${step}).${hint}`, undefined, 'expand')
}
