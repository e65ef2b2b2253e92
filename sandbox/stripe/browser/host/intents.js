import { callStripe } from '../api.js'
import { openDialog } from './dialog.js'
import { IntegrationError } from './options.js'

const folders = { payment_intent: 'payment_intents', setup_intent: 'setup_intents' }
const results = { payment_intent: 'paymentIntent', setup_intent: 'setupIntent' }
const accepted = { customer_acceptance: { type: 'online', online: { infer_from_client: true } } }

export async function createConfirmationToken(_client, { elements, params }) {
  if (elements === undefined) throw new IntegrationError('createConfirmationToken(): elements is required.')
  const answer = await elements._create('createConfirmationToken', 'stripe.createConfirmationToken()', params)
  return answer.error === undefined ? { confirmationToken: answer } : { error: answer.error }
}

export async function createPaymentMethod(client, { elements, params, ...data }) {
  const answer =
    elements === undefined
      ? await callStripe(client, 'POST', '/v1/payment_methods', data)
      : await elements._create('createPaymentMethod', 'stripe.createPaymentMethod()', params)
  return answer.error === undefined ? { paymentMethod: answer } : { error: answer.error }
}

export async function createToken(client, type, data) {
  if (typeof type !== 'string') throw new IntegrationError('createToken(): this stand-in has no card Element.')
  const answer = await callStripe(client, 'POST', '/v1/tokens', { [type]: data })
  return answer.error === undefined ? { token: answer } : { error: answer.error }
}

export async function retrieve(client, kind, clientSecret) {
  return resultOf(kind, await callStripe(client, 'GET', pathOf(kind, clientSecret), { client_secret: clientSecret }))
}

/** Confirms with what was typed into the Payment Element, and sees the intent through its challenge. */
export async function confirmWithElements(client, kind, { elements, clientSecret, confirmParams = {}, redirect }) {
  const call = kind === 'payment_intent' ? 'stripe.confirmPayment()' : 'stripe.confirmSetup()'
  const secret = clientSecret ?? elements?._clientSecret
  if (secret === undefined) throw new IntegrationError(`${call}: a clientSecret is required.`)
  const isStaying = redirect === 'if_required'
  if (!isStaying && confirmParams.return_url === undefined) {
    throw new IntegrationError(`${call}: confirmParams.return_url is required unless redirect is "if_required".`)
  }
  const { payment_method_data, ...rest } = confirmParams
  const token = elements === undefined ? {} : await createTokenFor(elements, call, confirmParams)
  if (token.error !== undefined) return { error: token.error }
  const params = { client_secret: secret, confirmation_token: token.id, use_stripe_sdk: true, ...rest }
  const outcome = await confirm(client, kind, secret, params)
  if (isStaying || outcome.error !== undefined) return outcome
  return leaveFor(confirmParams.return_url, kind, outcome[results[kind]])
}

function createTokenFor(elements, call, { payment_method_data, return_url, shipping }) {
  return elements._create('createConfirmationToken', call, { payment_method_data, return_url, shipping })
}

/** Confirms with a payment method that exists, or with bank details the page itself collected. */
export function confirmExisting(client, kind, type, clientSecret, data = {}, { handleActions = true } = {}) {
  const { payment_method: method, ...rest } = data
  if (type === 'card' && typeof method === 'object') {
    throw new IntegrationError('This stand-in has no card Element: pass the id of a payment method.')
  }
  const params = {
    client_secret: clientSecret,
    use_stripe_sdk: true,
    ...(typeof method === 'object' ? { payment_method_data: { type, ...method } } : { payment_method: method }),
    ...(type === 'card' ? {} : { mandate_data: accepted }),
    ...rest,
  }
  return confirm(client, kind, clientSecret, params, handleActions)
}

async function confirm(client, kind, clientSecret, params, handlesActions = true) {
  const intent = await callStripe(client, 'POST', `${pathOf(kind, clientSecret)}/confirm`, params)
  if (intent.error !== undefined || !handlesActions) return resultOf(kind, intent)
  return act(client, kind, clientSecret, intent)
}

export async function handleNextAction(client, { clientSecret }) {
  const kind = clientSecret.startsWith('seti_') ? 'setup_intent' : 'payment_intent'
  const { error, [results[kind]]: intent } = await retrieve(client, kind, clientSecret)
  return error === undefined ? act(client, kind, clientSecret, intent) : { error }
}

export async function verifyMicrodeposits(client, kind, clientSecret, data = {}) {
  const params = { client_secret: clientSecret, ...data }
  return resultOf(kind, await callStripe(client, 'POST', `${pathOf(kind, clientSecret)}/verify_microdeposits`, params))
}

/** Does what the intent waits for, if that is done here and now; small deposits take days and are left waiting. */
async function act(client, kind, clientSecret, intent) {
  if (intent.status !== 'requires_action') return outcomeOf(kind, intent)
  switch (intent.next_action?.type) {
    case 'use_stripe_sdk': {
      const { id, amount, currency } = intent
      await openDialog('/3ds/challenge.html', { client, intent: { id, amount, currency } })
      const { error, [results[kind]]: challenged } = await retrieve(client, kind, clientSecret)
      return error === undefined ? outcomeOf(kind, challenged) : { error }
    }
    case 'redirect_to_url':
      return leave(intent.next_action.redirect_to_url.url)
    default:
      return { [results[kind]]: intent }
  }
}

/** A refused attempt is an error that carries its intent. */
function outcomeOf(kind, intent) {
  const refusal = intent.last_payment_error ?? intent.last_setup_error
  if (intent.status !== 'requires_payment_method' || refusal === undefined || refusal === null) {
    return { [results[kind]]: intent }
  }
  return { error: { ...refusal, [kind]: intent } }
}

function resultOf(kind, answer) {
  return answer.error === undefined ? { [results[kind]]: answer } : { error: answer.error }
}

function pathOf(kind, clientSecret) {
  const [id, secret] = String(clientSecret).split('_secret_')
  if (secret === undefined) throw new IntegrationError(`Not a client secret: ${clientSecret}.`)
  return `/v1/${folders[kind]}/${id}`
}

function leaveFor(returnUrl, kind, intent) {
  const url = new URL(returnUrl, location.href)
  url.searchParams.set(kind, intent.id)
  url.searchParams.set(`${kind}_client_secret`, intent.client_secret)
  url.searchParams.set('redirect_status', intent.status === 'processing' ? 'pending' : 'succeeded')
  return leave(url)
}

/** The page goes away, and with it whoever waits for an answer. */
function leave(url) {
  location.assign(url)
  return new Promise(() => undefined)
}
