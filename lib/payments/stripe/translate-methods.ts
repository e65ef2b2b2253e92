import 'server-only'
import type Stripe from 'stripe'
import type { MethodNews, SetupNews, WaitsFor } from '../gateway'

/** Cards and accounts, and what saves them, in our words. */

export function toMethodNews(method: Stripe.PaymentMethod): MethodNews {
  const { acss_debit: pad, card, us_bank_account: bank } = method
  const customer = typeof method.customer === 'string' ? method.customer : method.customer?.id
  const fingerprint = card?.fingerprint ?? bank?.fingerprint ?? pad?.fingerprint
  const blocked = bank?.status_details?.blocked
  return {
    paymentMethodId: method.id,
    type: method.type,
    label: wordsOf(method.type, method),
    last4: card?.last4 ?? bank?.last4 ?? pad?.last4 ?? '',
    ...(customer === undefined ? {} : { customerId: customer }),
    ...(fingerprint ? { fingerprint } : {}),
    ...(card === undefined ? {} : { expiresOn: lastDayOf(card.exp_year, card.exp_month) }),
    ...(card?.funding ? { funding: card.funding } : {}),
    ...(blocked ? { blockedReason: blocked.reason ?? blocked.network_code ?? 'blocked' } : {}),
  }
}

export function toSetupNews(intent: Stripe.SetupIntent): SetupNews {
  const method = objectOf(intent.payment_method) ?? intent.last_setup_error?.payment_method
  const mandate = typeof intent.mandate === 'string' ? intent.mandate : intent.mandate?.id
  const setupId = intent.metadata?.setup_id
  const error = intent.last_setup_error
  const waitsFor = waitsForOf(intent)
  return {
    setupIntentId: intent.id,
    status: setupStatus(intent),
    ...(setupId === undefined ? {} : { setupId }),
    ...(intent.client_secret === null ? {} : { clientSecret: intent.client_secret }),
    ...(waitsFor === undefined ? {} : { waitsFor }),
    ...(method === undefined ? {} : { method: toMethodNews(method) }),
    ...(mandate === undefined ? {} : { mandateId: mandate }),
    ...(error ? { failure: { code: codeOf(error), message: error.message ?? '' } } : {}),
  }
}

function waitsForOf({
  next_action: action,
  last_setup_error: error,
  ...intent
}: Stripe.SetupIntent): WaitsFor | undefined {
  if (action !== null) return action.type === 'verify_with_microdeposits' ? 'deposits' : 'bank'
  // Made for an agreement that is accepted in the browser: until then it stands as it was created.
  const isOpen = intent.status === 'requires_payment_method' || intent.status === 'requires_confirmation'
  return isOpen && error === null && isPadOnly(intent.payment_method_types) ? 'agreement' : undefined
}

/** Whether an intent was made for a pre-authorized debit, and for nothing else. */
export function isPadOnly(types: readonly string[]): boolean {
  return types.every((type) => type === 'acss_debit')
}

function setupStatus({ status, last_setup_error: error }: Stripe.SetupIntent): SetupNews['status'] {
  switch (status) {
    case 'requires_action':
      return 'requires_action'
    case 'succeeded':
      return 'succeeded'
    case 'canceled':
      return 'failed'
    // Without an error it was never confirmed: nothing happened yet.
    case 'requires_payment_method':
      return error ? 'failed' : 'other'
    default:
      return 'other'
  }
}

function codeOf(error: Stripe.SetupIntent.LastSetupError): string {
  const code = error.decline_code ?? error.code ?? error.type
  const type = error.payment_method?.type
  return type === 'us_bank_account' || type === 'acss_debit' ? `bank.${code}` : code
}

type Described = {
  card?: { brand?: string | null; funding?: string | null; last4?: string | null } | null
  us_bank_account?: NamedAccount | null
  acss_debit?: NamedAccount | null
}
type NamedAccount = { bank_name?: string | null; last4?: string | null }

/** `Visa credit, 4242`, `Genesee Federal, 6781` */
export function wordsOf(type: string, { acss_debit: pad, card, us_bank_account: ach }: Described = {}): string {
  if (type === 'card' && card) {
    const funding = card.funding && card.funding !== 'unknown' ? ` ${card.funding}` : ''
    return `${upper(card.brand ?? 'card')}${funding}, ${card.last4}`
  }
  const bank = type === 'us_bank_account' ? ach : type === 'acss_debit' ? pad : undefined
  if (bank) return `${bank.bank_name ?? 'Bank account'}, ${bank.last4}`
  return upper(type)
}

function upper(id: string): string {
  const text = id.replaceAll('_', ' ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** A card is good until the end of its month. */
function lastDayOf(year: number, month: number): string {
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10)
}

/** What was expanded; nothing of a mere id. */
export function objectOf<Thing extends object>(value: string | Thing | null | undefined): Thing | undefined {
  return typeof value === 'object' && value !== null ? value : undefined
}
