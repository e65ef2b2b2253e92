import { callStripe } from './api.js'

const supported = ['card', 'us_bank_account']

/**
 * What the form must know before it can be drawn: the methods on offer, the intent behind it, the customer's saved
 * methods. Answers {session} or {error}.
 */
export async function openSession({ client, elements }) {
  const intent = elements.clientSecret === undefined ? undefined : await retrieveIntent(client, elements.clientSecret)
  if (intent?.error !== undefined) return { error: intent.error }
  const customer = await retrieveCustomer(client, elements.customerSessionClientSecret)
  const session = {
    intent,
    types: offeredTypes(elements, intent),
    isKeptForLater: isKept(elements, intent),
    ...customer,
  }
  return session.types.length === 0 ? { error: nothingOffered } : { session }
}

const nothingOffered = {
  type: 'invalid_request_error',
  message:
    'No valid payment method types for this configuration. Please ensure that you have activated payment methods compatible with your chosen currency and options.',
}

/** Filters silently to what fits, as the API does: bank debits only in US dollars. */
function offeredTypes(elements, intent) {
  const currency = (intent?.currency ?? elements.currency ?? 'usd').toLowerCase()
  const allowed = intent?.payment_method_types ?? elements.allowedPaymentMethodTypes ?? supported
  const excluded = elements.excludedPaymentMethodTypes ?? []
  return supported.filter(
    (type) => allowed.includes(type) && !excluded.includes(type) && (type !== 'us_bank_account' || currency === 'usd'),
  )
}

function isKept(elements, intent) {
  if (intent !== undefined) return intent.object === 'setup_intent' || intent.setup_future_usage !== null
  return elements.mode !== 'payment' || (elements.setupFutureUsage ?? elements.setup_future_usage ?? null) !== null
}

function retrieveIntent(client, clientSecret) {
  const [id] = clientSecret.split('_secret_')
  const kind = id.startsWith('seti_') ? 'setup_intents' : 'payment_intents'
  return callStripe(client, 'GET', `/v1/${kind}/${id}`, { client_secret: clientSecret })
}

/** The sandbox's own window on a customer session; one it does not know leaves the form as it is for a stranger. */
async function retrieveCustomer(client, secret) {
  if (secret === undefined) return { savedMethods: [], features: {} }
  const answer = await callStripe(client, 'GET', `/_sandbox/customer-sessions/${secret}`)
  const features = answer.components?.payment_element?.features ?? {}
  const saved = features.payment_method_redisplay === 'enabled' ? (answer.payment_methods ?? []) : []
  return { savedMethods: saved.filter(({ type }) => supported.includes(type)), features }
}
