import type { Metadata } from './common.ts'

type CapabilityStatus = 'active' | 'inactive' | 'pending'

/** A connected account, or the platform's own. Settings that nothing here depends on are left out where they may be. */
export type StripeAccount = {
  id: string
  object: 'account'
  business_profile: Record<string, unknown>
  business_type: string | null
  capabilities: Record<string, CapabilityStatus>
  charges_enabled: boolean
  controller: {
    fees?: { payer: string }
    is_controller?: boolean
    losses?: { payments: string }
    requirement_collection?: string
    stripe_dashboard?: { type: string }
    type: 'account' | 'application'
  }
  country: string
  created: number
  default_currency: string
  details_submitted: boolean
  email: string | null
  external_accounts: { object: 'list'; data: ExternalBankAccount[]; has_more: false; url: string }
  future_requirements: Requirements
  metadata: Metadata
  payouts_enabled: boolean
  requirements: Requirements
  settings: object
  tos_acceptance: { date: number | null; ip: string | null; user_agent: null }
  type: 'standard' | 'none'
}

export type ExternalBankAccount = {
  id: string
  object: 'bank_account'
  account: string
  account_holder_name: null
  account_holder_type: null
  account_type: null
  available_payout_methods: ['standard']
  bank_name: string
  country: 'US'
  currency: string
  default_for_currency: true
  fingerprint: string
  last4: string
  metadata: Metadata
  routing_number: string
  status: 'new'
}

export type Requirements = {
  alternatives: []
  current_deadline: null
  currently_due: string[]
  disabled_reason: string | null
  errors: []
  eventually_due: string[]
  past_due: string[]
  pending_verification: []
}
