import type { Caller } from '../api/authenticate.ts'
import { invalid, malformed } from '../api/errors.ts'
import type { PaymentIntent, SetupIntent } from '../objects/intent.ts'

/** The browser may act on an intent only when it knows its secret. */
export function requireSecret(caller: Caller, intent: PaymentIntent | SetupIntent, params: object): void {
  const given = 'client_secret' in params ? params.client_secret : undefined
  if (given === undefined) {
    if (caller.kind !== 'publishable') return
    throw malformed('Missing required param: client_secret.', 'parameter_missing', 'client_secret')
  }
  if (given === intent.client_secret) return
  const name = intent.object === 'payment_intent' ? 'PaymentIntent' : 'SetupIntent'
  throw invalid(
    `The client_secret provided does not match any associated ${name} on this account. Ensure the client_secret you are using was created on the same account as the key used for confirmation.`,
    'resource_missing',
    'client_secret',
  )
}

/** The browser does not see what the merchant keeps to itself. */
export function shownTo(caller: Caller, intent: PaymentIntent | SetupIntent): object {
  if (caller.kind !== 'publishable') return intent
  return Object.fromEntries(Object.entries(intent).filter(([name]) => !withheld.has(name)))
}

const withheld = new Set([
  'amount_capturable',
  'amount_received',
  'application',
  'application_fee_amount',
  'customer',
  'customer_account',
  'latest_attempt',
  'latest_charge',
  'mandate',
  'metadata',
  'on_behalf_of',
  'payment_method_options',
  'payment_record',
  'review',
  'single_use_mandate',
  'statement_descriptor',
  'statement_descriptor_suffix',
  'transfer_data',
  'transfer_group',
])
