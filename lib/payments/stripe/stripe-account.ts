import 'server-only'
import Stripe from 'stripe'
import { stripeClient } from './stripe-client'
import { toGatewayFault } from './stripe-faults'
import { platformKey } from './stripe-gateway'

/** What we subscribe to. A webhook is a hint; every object is read again. */
export const subscribedEvents: Stripe.WebhookEndpointCreateParams.EnabledEvent[] = [
  'payment_intent.processing',
  'payment_intent.requires_action',
  'payment_intent.succeeded',
  'payment_intent.payment_failed',
  'payment_intent.canceled',
  'charge.updated',
  'refund.created',
  'refund.updated',
  'refund.failed',
  'charge.dispute.created',
  'charge.dispute.updated',
  'charge.dispute.closed',
  'setup_intent.succeeded',
  'setup_intent.setup_failed',
  'setup_intent.requires_action',
  'setup_intent.canceled',
  'payment_method.updated',
  'payment_method.automatically_updated',
  'payment_method.detached',
  'payout.created',
  'payout.updated',
  'payout.paid',
  'payout.failed',
  'payout.reconciliation_completed',
  'account.updated',
]

export type CheckedAccount =
  | { ok: true; account: string; accountName: string; missing: string[]; takesPads: boolean }
  | { ok: false; reason: string }

/** Who is behind the key (or the connected account), what it may not do yet, in words, and whether it takes Canada's debits. */
export async function checkAccount(secretKey: string | undefined, account?: string): Promise<CheckedAccount> {
  const stripe = stripeClient(secretKey ?? platformKey())
  try {
    const found =
      account === undefined ? await stripe.accounts.retrieveCurrent() : await stripe.accounts.retrieve(account)
    const capabilities = found.capabilities ?? {}
    const missing = [
      ...(found.details_submitted === false ? ['Onboarding at Stripe is not finished.'] : []),
      ...(found.charges_enabled === false ? ['Stripe does not let this account charge yet.'] : []),
      ...(found.payouts_enabled === false ? ['Stripe does not pay out to this account yet.'] : []),
      ...(capabilities.card_payments === 'active' ? [] : ['Card payments are not active.']),
      ...(capabilities.us_bank_account_ach_payments === 'active' ? [] : ['ACH bank debits are not active.']),
    ]
    const accountName = found.business_profile?.name ?? found.settings?.dashboard.display_name ?? found.id
    return {
      ok: true,
      account: found.id,
      accountName,
      missing,
      takesPads: capabilities.acss_debit_payments === 'active',
    }
  } catch (error) {
    if (error instanceof Stripe.errors.StripeAuthenticationError)
      return { ok: false, reason: 'Stripe does not know this key. Copy it again from Developers › API keys.' }
    if (error instanceof Stripe.errors.StripePermissionError)
      return { ok: false, reason: 'This key may not read its own account. Give it the rights listed above.' }
    throw toGatewayFault(error)
  }
}

/** A new connected account: the MSP is the merchant, pays Stripe's fees and has Stripe's own dashboard. */
export async function createAccount(
  msp: { name: string; email: string; country: string },
  tenantId: string,
): Promise<string> {
  const { id } = await stripeClient(platformKey()).accounts.create(
    {
      controller: {
        fees: { payer: 'account' },
        losses: { payments: 'stripe' },
        stripe_dashboard: { type: 'full' },
        requirement_collection: 'stripe',
      },
      country: msp.country,
      email: msp.email,
      business_profile: { name: msp.name },
      capabilities: {
        acss_debit_payments: { requested: true },
        card_payments: { requested: true },
        us_bank_account_ach_payments: { requested: true },
      },
      metadata: { tenant_id: tenantId },
    },
    { idempotencyKey: `account:${tenantId}` },
  )
  return id
}

export async function onboardingLink(account: string, backTo: string): Promise<string> {
  const link = await stripeClient(platformKey()).accountLinks.create({
    account,
    type: 'account_onboarding',
    refresh_url: `${backTo}?again=1`,
    return_url: `${backTo}?returned=1`,
  })
  return link.url
}

export async function registerWebhook(
  secretKey: string,
  url: string,
): Promise<{ ok: true; id: string; secret: string } | { ok: false; reason: string }> {
  try {
    const endpoint = await stripeClient(secretKey).webhookEndpoints.create({
      url,
      enabled_events: subscribedEvents,
      api_version: '2026-10-28.endive',
    })
    if (endpoint.secret === undefined) return { ok: false, reason: 'Stripe made a webhook endpoint without a secret.' }
    return { ok: true, id: endpoint.id, secret: endpoint.secret }
  } catch (error) {
    if (error instanceof Stripe.errors.StripePermissionError)
      return { ok: false, reason: 'This key may not add webhook endpoints. Give it "Webhook Endpoints: write".' }
    throw toGatewayFault(error)
  }
}

export async function unregisterWebhook(secretKey: string, id: string): Promise<void> {
  try {
    await stripeClient(secretKey).webhookEndpoints.del(id)
  } catch (error) {
    // A key that was rolled, or an endpoint already gone: either way it no longer reaches us.
    if (!(error instanceof Stripe.errors.StripeError)) throw error
  }
}
