import type { Answer, Asked } from '../kernel/service.ts'
import { onboardingAnswer } from './accounts/onboarding.ts'
import { StripeRefusal } from './api/errors.ts'
import { conflict, done, headers, notFound, unknown } from './control-answers.ts'
import { eventText } from './events/emit.ts'
import type { MicrodepositType } from './objects/intent.ts'
import { returnDebit } from './payments/bank-debits.ts'
import { answerChallenge, verifyPayment } from './payments/confirm-payment.ts'
import { answerSetupChallenge, verifySetup } from './payments/confirm-setup.ts'
import { openDispute } from './payments/disputes.ts'
import { railOfCharge } from './payments/rails.ts'
import type { RequestCounts } from './request-counts.ts'
import { newId, type State } from './state/state.ts'
import { returnCodes } from './testdata/bank-accounts.ts'
import { padReturnCodes } from './testdata/pad-returns.ts'
import { chargeLine, look } from './windows.ts'

const secretOverlapSeconds = 24 * 3600

/** The sandbox's own switches and windows under `/_sandbox/`; no part of Stripe's API. */
export function control(state: State, counts: RequestCounts, asked: Asked): Answer {
  const onboarding = onboardingAnswer(state, asked)
  if (onboarding !== undefined) return onboarding
  const [, , action = '', id = '', word = ''] = asked.path.split('/')
  if (asked.method === 'GET') return look(state, counts, asked, action, id)
  const body = readBody(asked.body)
  switch (action) {
    case 'ach':
    case 'acss':
      return setTimes(state, action, body)
    case 'challenge':
    case '3ds':
      return word === 'approve' || word === 'fail' ? challenge(state, id, word === 'approve') : unknown(asked)
    case 'deliver':
      return deliver(state, id)
    case 'dispute':
      return dispute(state, id, body)
    case 'microdeposits':
      return verify(state, id, body)
    case 'rate-limit':
      state.settings.requestsPerSecond = numberIn(body, 'perSecond') ?? 0
      return done(state.settings)
    case 'return':
      return returned(state, id, body)
    case 'roll-secret':
      return rollSecret(state, id)
    case 'search-lag':
      state.settings.searchLagSeconds = numberIn(body, 'seconds') ?? 0
      return done(state.settings)
    case 'work-time':
      state.settings.workTimeMs = numberIn(body, 'milliseconds') ?? 0
      return done(state.settings)
    default:
      return unknown(asked)
  }
}

function setTimes({ settings }: State, rail: 'ach' | 'acss', body: Record<string, unknown>): Answer {
  const times = settings[rail]
  times.successBankingDays = numberIn(body, 'successBankingDays') ?? times.successBankingDays
  times.failureBankingDays = numberIn(body, 'failureBankingDays') ?? times.failureBankingDays
  times.lateReturnBankingDays = numberIn(body, 'lateReturnBankingDays') ?? times.lateReturnBankingDays
  times.refundBankingDays = numberIn(body, 'refundBankingDays') ?? times.refundBankingDays
  if (isMicrodepositType(body.microdeposits)) times.microdeposits = body.microdeposits
  return done(settings)
}

function isMicrodepositType(value: unknown): value is MicrodepositType {
  return value === 'amounts' || value === 'descriptor_code'
}

function challenge(state: State, id: string, isApproved: boolean): Answer {
  for (const account of state.accounts.values()) {
    const scope = { state, account, cause: null }
    const intent = account.paymentIntents.get(id) ?? account.setupIntents.get(id)
    if (intent === undefined) continue
    const waits = intent.next_action?.type === 'use_stripe_sdk' || intent.next_action?.type === 'redirect_to_url'
    if (intent.status !== 'requires_action' || !waits) return conflict(`${id} waits for no challenge`)
    if (intent.object === 'payment_intent') answerChallenge(scope, intent, isApproved)
    else answerSetupChallenge(scope, intent, isApproved)
    return done({ id, status: intent.status })
  }
  return notFound(`no intent ${id}`)
}

/** The page Stripe hosts for a payer with two small deposits; it knows the intent by its secret. */
function verify(state: State, secret: string, body: Record<string, unknown>): Answer {
  const [id = ''] = secret.split('_secret_')
  for (const account of state.accounts.values()) {
    const scope = { state, account, cause: null }
    const intent = account.paymentIntents.get(id) ?? account.setupIntents.get(id)
    if (intent?.client_secret !== secret) continue
    const { amounts, descriptor_code: code } = body
    try {
      const ask = {
        ...(Array.isArray(amounts) && { amounts: amounts.map(Number) }),
        ...(typeof code === 'string' && { descriptor_code: code }),
      }
      if (intent.object === 'payment_intent') verifyPayment(scope, intent, ask)
      else verifySetup(scope, intent, ask)
      return done({ id, status: intent.status })
    } catch (thrown) {
      if (!(thrown instanceof StripeRefusal)) throw thrown
      return { status: thrown.status, headers, body: { error: { message: thrown.message, code: thrown.body.code } } }
    }
  }
  return notFound('no intent with this secret')
}

function returned(state: State, id: string, body: Record<string, unknown>): Answer {
  for (const account of state.accounts.values()) {
    const charge = account.charges.get(account.paymentIntents.get(id)?.latest_charge ?? id)
    if (charge === undefined) continue
    const rail = railOfCharge(state, charge)
    if (rail === undefined) return conflict(`${charge.id} is not a bank debit`)
    const codes = rail.country === 'CA' ? padReturnCodes : returnCodes
    const code = codes.find((each) => each === (body.code ?? codes[0]))
    if (code === undefined) return conflict(`code must be one of ${codes.join(', ')}`)
    const isDone = returnDebit({ state, account, cause: null }, charge, code)
    return isDone ? done(chargeLine(account, charge.id)) : conflict(`${charge.id} cannot be returned any more`)
  }
  return notFound(`no charge or payment intent ${id}`)
}

function dispute(state: State, id: string, body: Record<string, unknown>): Answer {
  for (const account of state.accounts.values()) {
    const charge = account.charges.get(account.paymentIntents.get(id)?.latest_charge ?? id)
    if (charge === undefined) continue
    if (charge.status !== 'succeeded' || charge.disputed) return conflict(`${charge.id} cannot be disputed`)
    const amount = numberIn(body, 'amount')
    const reason = typeof body.reason === 'string' ? body.reason : 'fraudulent'
    const inquiry = body.inquiry === true
    const opened = openDispute({ state, account, cause: null }, charge, {
      reason,
      inquiry,
      ...(amount !== undefined && { amount }),
    })
    return done({ id: opened.id, charge: charge.id, amount: opened.amount, reason, status: opened.status })
  }
  return notFound(`no charge or payment intent ${id}`)
}

function deliver(state: State, id: string): Answer {
  for (const account of state.accounts.values()) {
    const event = account.events.get(id)
    if (event !== undefined)
      return done({ endpoints: state.courier.resend(event, account), event: JSON.parse(eventText(event)) })
  }
  return notFound(`no event ${id}`)
}

function rollSecret(state: State, id: string): Answer {
  const subscription = state.courier.subscriptions.get(id)
  if (subscription === undefined) return notFound(`no webhook endpoint ${id}`)
  subscription.former = { secret: subscription.secret, until: state.clock.seconds() + secretOverlapSeconds }
  subscription.secret = newId(state, 'whsec', 32)
  return done({ id, secret: subscription.secret })
}

function readBody(text: string): Record<string, unknown> {
  try {
    const body: unknown = JSON.parse(text)
    return typeof body === 'object' && body !== null ? { ...body } : {}
  } catch {
    return {}
  }
}

function numberIn(body: Record<string, unknown>, name: string): number | undefined {
  const value = body[name]
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}
