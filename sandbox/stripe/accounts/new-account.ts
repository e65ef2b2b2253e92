import type { ExternalBankAccount, Requirements, StripeAccount } from '../objects/account.ts'
import type { Metadata } from '../objects/common.ts'
import { Account } from '../state/account.ts'
import { newId, type Registry } from '../state/state.ts'

type AccountAsk = {
  id?: string
  /** The Connect application that makes it; null for an account that comes by itself. */
  application: string | null
  created: number
  email: string | null
  country: string
  metadata: Metadata
  name: string | null
  /** Capabilities asked for, active once the account is complete. */
  requested: readonly string[]
  controller: {
    fees?: { payer?: string }
    losses?: { payments?: string }
    requirement_collection?: string
    stripe_dashboard?: { type?: string }
  }
  businessType: string | null
}

const due = ['business_profile.product_description', 'business_profile.url', 'external_account', 'tos_acceptance.date']

/** A new account: known, but not yet able to take money. */
export function newAccount(state: Registry, ask: AccountAsk): Account {
  const id = ask.id ?? newId(state, 'acct', 16)
  const wire: StripeAccount = {
    id,
    object: 'account',
    business_profile: profileOf(ask.name),
    business_type: ask.businessType,
    capabilities: Object.fromEntries(ask.requested.map((name) => [name, 'inactive'])),
    charges_enabled: false,
    controller: controllerOf(ask),
    country: ask.country,
    created: ask.created,
    default_currency: ask.country === 'CA' ? 'cad' : 'usd',
    details_submitted: false,
    email: ask.email,
    external_accounts: { object: 'list', data: [], has_more: false, url: `/v1/accounts/${id}/external_accounts` },
    future_requirements: requirements([]),
    metadata: ask.metadata,
    payouts_enabled: false,
    requirements: requirements(due),
    settings: settingsOf(ask.name),
    tos_acceptance: { date: null, ip: null, user_agent: null },
    type: ask.controller.stripe_dashboard?.type === 'full' || ask.application === null ? 'standard' : 'none',
  }
  const account = new Account(wire, ask.application)
  state.accounts.set(id, account)
  if (ask.application !== null) state.connectedAccounts.add(account)
  return account
}

/** What an account with Stripe's own dashboard gets without asking. */
const capabilitiesByDefault = ['card_payments', 'link_payments', 'transfers', 'us_bank_account_ach_payments']

/** Gives an account what it lacked: everything it asked for becomes active. */
export function completeAccount(state: Registry, { wire }: Account): void {
  wire.details_submitted = true
  wire.charges_enabled = true
  wire.payouts_enabled = true
  wire.requirements = requirements([])
  wire.tos_acceptance = { date: state.clock.seconds(), ip: '192.0.2.1', user_agent: null }
  const requested = Object.keys(wire.capabilities)
  for (const name of requested.length > 0 ? requested : capabilitiesByDefault) wire.capabilities[name] = 'active'
  if (wire.external_accounts.data.length === 0) wire.external_accounts.data.push(bankAccountOf(state, wire))
}

function bankAccountOf(state: Registry, { id, default_currency: currency }: StripeAccount): ExternalBankAccount {
  return {
    id: newId(state, 'ba'),
    object: 'bank_account',
    account: id,
    account_holder_name: null,
    account_holder_type: null,
    account_type: null,
    available_payout_methods: ['standard'],
    bank_name: 'STRIPE TEST BANK',
    country: 'US',
    currency,
    default_for_currency: true,
    fingerprint: state.random.id(16),
    last4: '6789',
    metadata: {},
    routing_number: '110000000',
    status: 'new',
  }
}

function controllerOf({ application, controller }: AccountAsk): StripeAccount['controller'] {
  if (application === null) return { type: 'account' }
  return {
    fees: { payer: controller.fees?.payer ?? 'account' },
    is_controller: true,
    losses: { payments: controller.losses?.payments ?? 'stripe' },
    requirement_collection: controller.requirement_collection ?? 'stripe',
    stripe_dashboard: { type: controller.stripe_dashboard?.type ?? 'full' },
    type: 'application',
  }
}

function requirements(currentlyDue: string[]): Requirements {
  return {
    alternatives: [],
    current_deadline: null,
    currently_due: [...currentlyDue],
    disabled_reason: currentlyDue.length > 0 ? 'requirements.past_due' : null,
    errors: [],
    eventually_due: [...currentlyDue],
    past_due: [...currentlyDue],
    pending_verification: [],
  }
}

function profileOf(name: string | null): StripeAccount['business_profile'] {
  return {
    annual_revenue: null,
    estimated_worker_count: null,
    mcc: null,
    minority_owned_business_designation: null,
    name,
    product_description: null,
    specified_commercial_transactions_act_url: null,
    support_address: null,
    support_email: null,
    support_phone: null,
    support_url: null,
    url: null,
  }
}

function settingsOf(name: string | null): object {
  const descriptor =
    name === null
      ? null
      : name
          .toUpperCase()
          .replaceAll(/[<>"'*\\]/g, '')
          .slice(0, 22)
  const kana = { statement_descriptor_prefix_kana: null, statement_descriptor_prefix_kanji: null }
  return {
    bacs_debit_payments: { display_name: null, service_user_number: null },
    branding: { icon: null, logo: null, primary_color: null, secondary_color: null },
    card_issuing: { tos_acceptance: { date: null, ip: null } },
    card_payments: {
      decline_on: { avs_failure: false, cvc_failure: false },
      statement_descriptor_prefix: descriptor?.slice(0, 10) ?? null,
      ...kana,
    },
    dashboard: { display_name: name, timezone: 'America/New_York' },
    invoices: { default_account_tax_ids: null, hosted_payment_method_save: 'offer' },
    payments: {
      statement_descriptor: descriptor,
      statement_descriptor_kana: null,
      statement_descriptor_kanji: null,
      ...kana,
    },
    payouts: {
      debit_negative_balances: false,
      schedule: { delay_days: 2, interval: 'daily' },
      statement_descriptor: null,
    },
    sepa_debit_payments: {},
  }
}
