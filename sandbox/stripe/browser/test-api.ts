import type { Answer, Asked } from '../../kernel/service.ts'

/** The few endpoints the form talks to, as far as these tests go; what was posted is kept to be looked at. */
export class TestApi {
  posted: { path: string; params: Record<string, string>; headers: Record<string, string> }[] = []
  /** State of the one intent there is. */
  intent = { ...waiting }

  reset(): void {
    this.posted = []
    this.intent = { ...waiting }
  }

  handle(asked: Asked): Answer {
    if (asked.method === 'OPTIONS') return { status: 204, headers: cors }
    const { status, body } = this.answer(asked)
    return { status, headers: cors, body }
  }

  private answer(asked: Asked): { status: number; body: object } {
    const { method, path, headers } = asked
    const challenge = /^\/_sandbox\/3ds\/pi_1\/(approve|fail)$/.exec(path)
    if (challenge !== null) {
      this.intent = challenge[1] === 'approve' ? { ...waiting, ...approved } : { ...waiting, ...refused }
      return { status: 200, body: {} }
    }
    if (method === 'POST') {
      this.posted.push({ path, params: Object.fromEntries(new URLSearchParams(asked.body)), headers })
      if (path === '/v1/confirmation_tokens')
        return { status: 200, body: { id: 'ctoken_1', object: 'confirmation_token' } }
      if (path === '/v1/payment_intents/pi_1/confirm') return { status: 200, body: this.intent }
    }
    if (method === 'GET' && path === '/v1/payment_intents/pi_1') return { status: 200, body: this.intent }
    if (method === 'GET' && path === '/v1/elements/sessions') return { status: 200, body: session }
    const error = { type: 'invalid_request_error', message: `Unrecognized request URL (${method}: ${path}).` }
    return { status: 404, body: { error } }
  }
}

const cors = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': 'authorization, stripe-version, stripe-account',
}

const waiting = {
  id: 'pi_1',
  object: 'payment_intent',
  amount: 491314,
  currency: 'usd',
  client_secret: 'pi_1_secret_1',
  payment_method_types: ['card', 'us_bank_account'],
  setup_future_usage: null,
  status: 'requires_action',
  next_action: { type: 'use_stripe_sdk', use_stripe_sdk: {} } as object | null,
  last_payment_error: null as object | null,
}

const approved = { status: 'succeeded', next_action: null }
const refused = {
  status: 'requires_payment_method',
  next_action: null,
  last_payment_error: {
    type: 'card_error',
    code: 'payment_intent_authentication_failure',
    message: 'Not authenticated.',
  },
}

const session = {
  business_name: 'Larkfield IT',
  customer: {
    payment_methods: [
      {
        id: 'pm_1',
        type: 'card',
        billing_details: { address: {}, email: null, name: null, phone: null },
        card: { brand: 'visa', funding: 'debit', last4: '5556', exp_month: 8, exp_year: 2030 },
      },
    ],
    customer_session: {
      components: {
        payment_element: { features: { payment_method_save: 'enabled', payment_method_redisplay: 'enabled' } },
      },
    },
  },
}
