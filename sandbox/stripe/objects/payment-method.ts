import type { BankType, BillingDetails, Metadata, MethodType } from './common.ts'

export type Card = {
  brand: string
  checks: { address_line1_check: string | null; address_postal_code_check: string | null; cvc_check: string | null }
  country: string
  display_brand: string
  exp_month: number
  exp_year: number
  fingerprint: string
  funding: string
  generated_from: null
  last4: string
  networks: { available: string[]; preferred: null }
  regulated_status: 'regulated' | 'unregulated'
  three_d_secure_usage: { supported: boolean }
  wallet: null
}

export type UsBankAccount = {
  account_holder_type: 'company' | 'individual'
  account_type: 'checking' | 'savings'
  bank_name: string
  financial_connections_account: string | null
  fingerprint: string
  last4: string
  networks: { preferred: 'ach'; supported: ['ach'] }
  routing_number: string
  status_details: { blocked?: { network_code: string; reason: string } }
}

export type AcssDebit = {
  bank_name: string
  fingerprint: string
  institution_number: string
  last4: string
  transit_number: string
}

export type PaymentMethod = {
  id: string
  object: 'payment_method'
  acss_debit?: AcssDebit
  allow_redisplay: 'always' | 'limited' | 'unspecified'
  billing_details: BillingDetails
  card?: Card
  us_bank_account?: UsBankAccount
  created: number
  customer: string | null
  customer_account: null
  livemode: false
  metadata: Metadata
  type: MethodType
}

export type Mandate = {
  id: string
  object: 'mandate'
  customer_acceptance: CustomerAcceptance & { accepted_at: number }
  livemode: false
  multi_use?: object
  single_use?: { amount: number; currency: string }
  payment_method: string
  payment_method_details: { type: BankType; acss_debit?: AcssMandateTerms; us_bank_account?: object }
  status: 'active' | 'inactive' | 'pending'
  type: 'multi_use' | 'single_use'
}

/** What a pre-authorized debit agreement says about when and for whom it is. */
export type AcssMandateTerms = {
  default_for?: string[]
  interval_description: string | null
  payment_schedule: 'combined' | 'interval' | 'sporadic'
  transaction_type: 'business' | 'personal'
}

export type CustomerAcceptance =
  | { type: 'online'; online: { ip_address: string | null; user_agent: string | null } }
  | { type: 'offline'; offline: object }
