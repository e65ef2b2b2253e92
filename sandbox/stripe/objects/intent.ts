import type { ErrorBody } from '../api/errors.ts'
import type { Metadata, MethodType, Shipping } from './common.ts'
import type { AcssMandateTerms } from './payment-method.ts'

export type NextAction =
  | { type: 'use_stripe_sdk'; use_stripe_sdk: { type: 'three_d_secure_redirect'; stripe_js: string; source: string } }
  | { type: 'redirect_to_url'; redirect_to_url: { return_url: string; url: string } }
  | {
      type: 'verify_with_microdeposits'
      verify_with_microdeposits: {
        arrival_date: number
        hosted_verification_url: string
        microdeposit_type: MicrodepositType
      }
    }

export type MicrodepositType = 'amounts' | 'descriptor_code'

type IntentStatus =
  | 'canceled'
  | 'processing'
  | 'requires_action'
  | 'requires_confirmation'
  | 'requires_payment_method'
  | 'succeeded'

export type SetupFutureUsage = 'off_session' | 'on_session'

export type AutomaticMethods = { allow_redirects: 'always' | 'never'; enabled: boolean }

/** What PaymentIntents and SetupIntents have in common. */
type Intent = {
  id: string
  allowed_payment_method_types: string[] | null
  application: string | null
  automatic_payment_methods: AutomaticMethods | null
  cancellation_reason: string | null
  client_secret: string
  created: number
  customer: string | null
  customer_account: null
  description: string | null
  excluded_payment_method_types: string[] | null
  livemode: false
  metadata: Metadata
  next_action: NextAction | null
  on_behalf_of: null
  payment_method: string | null
  payment_method_configuration_details: null
  payment_method_options: MethodOptions
  payment_method_types: MethodType[]
  status: IntentStatus
}

export type PaymentIntent = Intent & {
  object: 'payment_intent'
  amount: number
  amount_capturable: 0
  amount_details: object
  amount_received: number
  application_fee_amount: number | null
  canceled_at: number | null
  capture_method: 'automatic' | 'automatic_async'
  confirmation_method: 'automatic' | 'manual'
  currency: string
  last_payment_error: ErrorBody | null
  latest_charge: string | null
  managed_payments: null
  payment_record: null
  processing: null
  receipt_email: string | null
  review: null
  setup_future_usage: SetupFutureUsage | null
  shipping: Shipping | null
  source: null
  statement_descriptor: string | null
  statement_descriptor_suffix: string | null
  transfer_data: null
  transfer_group: string | null
}

export type SetupIntent = Intent & {
  object: 'setup_intent'
  flow_directions: null
  last_setup_error: ErrorBody | null
  latest_attempt: string | null
  mandate: string | null
  single_use_mandate: null
  usage: SetupFutureUsage
}

export type MethodOptions = {
  acss_debit?: {
    /** Of a SetupIntent only. */
    currency?: 'cad' | 'usd'
    mandate_options: AcssMandateTerms & { custom_mandate_url?: string }
    target_date?: string
    verification_method: VerificationMethod
  }
  card?: {
    installments?: null
    mandate_options: null
    network: null
    request_three_d_secure: 'automatic' | 'any' | 'challenge'
    setup_credential_usage?: string
    stored_credential_usage?: string
  }
  us_bank_account?: {
    financial_connections?: { permissions?: string[]; prefetch: null }
    mandate_options?: { collection_method?: 'paper' }
    target_date?: string
    verification_method?: VerificationMethod
  }
}

type VerificationMethod = 'automatic' | 'instant' | 'microdeposits'

export type SetupAttempt = {
  id: string
  object: 'setup_attempt'
  application: string | null
  created: number
  customer: string | null
  customer_account: null
  flow_directions: null
  livemode: false
  on_behalf_of: null
  payment_method: string
  payment_method_details: { type: MethodType; acss_debit?: object; card?: object; us_bank_account?: object }
  setup_error: ErrorBody | null
  setup_intent: string
  status: 'requires_action' | 'succeeded' | 'failed'
  usage: SetupFutureUsage
}
