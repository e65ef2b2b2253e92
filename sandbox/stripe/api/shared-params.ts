import {
  either,
  flag,
  ignored,
  integer,
  listOf,
  metadata,
  oneOf,
  type Read,
  type Rule,
  required,
  shape,
  text,
  unsettable,
  word,
} from './params.ts'

/** Groups of parameters that several endpoints take. */
export const address = shape({ city: text, country: text, line1: text, line2: text, postal_code: text, state: text })

export const billingDetails = shape({
  address: unsettable(address),
  email: text,
  name: text,
  phone: text,
  tax_id: text,
})

export const shipping = shape({
  address: required(address),
  name: required(word),
  phone: text,
  carrier: text,
  tracking_number: text,
})

export const mandateData = shape({
  customer_acceptance: required(
    shape({
      type: required(oneOf('online', 'offline')),
      accepted_at: integer,
      offline: ignored,
      online: shape({ ip_address: word, user_agent: word, infer_from_client: flag }),
    }),
  ),
})
export type MandateData = ReturnType<typeof mandateData>

const bankAccount = shape({
  account_holder_type: oneOf('company', 'individual'),
  account_number: word,
  account_type: oneOf('checking', 'savings'),
  financial_connections_account: word,
  routing_number: word,
})

const canadianAccount = shape({
  account_number: required(word),
  institution_number: required(word),
  transit_number: required(word),
})

export const methodDataFields = {
  acss_debit: canadianAccount,
  allow_redisplay: oneOf('always', 'limited', 'unspecified'),
  billing_details: billingDetails,
  metadata,
  radar_options: ignored,
  type: required(oneOf('acss_debit', 'card', 'us_bank_account')),
  us_bank_account: bankAccount,
}
export const methodData = shape(methodDataFields)

/** What only the browser may send: the card itself, and how the sandbox's bank dialog ended. */
export const browserMethodData = shape({
  ...methodDataFields,
  card: shape({ number: required(word), exp_month: required(integer), exp_year: required(integer), cvc: word }),
})
export type MethodData = ReturnType<typeof browserMethodData>

const credentialUse = oneOf('installment', 'recurring', 'unscheduled')

const verificationMethod = oneOf('automatic', 'instant', 'microdeposits')

const acssMandateOptions = {
  custom_mandate_url: text,
  interval_description: word,
  payment_schedule: oneOf('combined', 'interval', 'sporadic'),
  transaction_type: oneOf('business', 'personal'),
}

const options = {
  card: unsettable(
    shape({
      capture_method: ignored,
      cvc_token: word,
      installments: ignored,
      mandate_options: ignored,
      moto: flag,
      network: word,
      request_extended_authorization: ignored,
      request_incremental_authorization: ignored,
      request_multicapture: ignored,
      request_overcapture: ignored,
      request_three_d_secure: oneOf('any', 'automatic', 'challenge'),
      require_cvc_recollection: flag,
      setup_credential_usage: credentialUse,
      setup_future_usage: unsettable(oneOf('none', 'off_session', 'on_session')),
      stored_credential_usage: credentialUse,
    }),
  ),
  link: ignored,
  us_bank_account: unsettable(
    shape({
      financial_connections: shape({
        filters: ignored,
        permissions: listOf(oneOf('balances', 'ownership', 'payment_method', 'transactions')),
        prefetch: ignored,
        return_url: word,
      }),
      mandate_options: shape({ collection_method: unsettable(oneOf('paper')) }),
      networks: ignored,
      setup_future_usage: unsettable(oneOf('none', 'off_session', 'on_session')),
      target_date: word,
      transaction_purpose: ignored,
      verification_method: verificationMethod,
    }),
  ),
}

export const methodOptions = shape({
  ...options,
  acss_debit: shape({
    mandate_options: shape(acssMandateOptions),
    setup_future_usage: unsettable(oneOf('none', 'off_session', 'on_session')),
    target_date: word,
    verification_method: verificationMethod,
  }),
})

/** A SetupIntent has no currency of its own, and its agreement may be for what Stripe bills by itself. */
export const setupMethodOptions = shape({
  ...options,
  acss_debit: shape({
    currency: oneOf('cad', 'usd'),
    mandate_options: shape({ ...acssMandateOptions, default_for: listOf(oneOf('invoice', 'subscription')) }),
    verification_method: verificationMethod,
  }),
})

type SetupOptionsAsked = ReturnType<typeof setupMethodOptions>
type PaymentOptionsAsked = ReturnType<typeof methodOptions>
export type MethodOptionsAsked = Omit<PaymentOptionsAsked, 'acss_debit'> & {
  acss_debit?: NonNullable<SetupOptionsAsked['acss_debit']> & NonNullable<PaymentOptionsAsked['acss_debit']>
}

export const automaticMethods = shape({ allow_redirects: oneOf('always', 'never'), enabled: required(flag) })

const range = shape({ gt: integer, gte: integer, lt: integer, lte: integer })
export type TimeRange = Read<{ gt: Rule<number>; gte: Rule<number>; lt: Rule<number>; lte: Rule<number> }>

/** `created=1` or `created[gte]=1`. */
export const timeFilter: Rule<TimeRange> = either<TimeRange, TimeRange>(
  (value, at) => {
    const second = integer(value, at)
    return { gte: second, lte: second }
  },
  range,
  (value) => typeof value === 'string',
)

export const pageFields = { limit: integer, starting_after: word, ending_before: word }
