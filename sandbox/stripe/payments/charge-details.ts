import type { BankDebitDetails } from '../objects/charge.ts'
import type { PaymentIntent } from '../objects/intent.ts'
import type { PaymentMethod } from '../objects/payment-method.ts'

/** `payment_method_details.card` of a charge: the card as it was when it was charged. */
export function cardDetails(intent: PaymentIntent, method: PaymentMethod, authenticated: boolean): object {
  const card = method.card
  const options = intent.payment_method_options.card
  return {
    amount_authorized: intent.amount,
    authorization_code: null,
    brand: card?.brand ?? null,
    checks: card?.checks ?? null,
    country: card?.country ?? null,
    electronic_commerce_indicator: null,
    exp_month: card?.exp_month ?? 1,
    exp_year: card?.exp_year ?? 2000,
    extended_authorization: { status: 'disabled' },
    fingerprint: card?.fingerprint ?? null,
    funding: card?.funding ?? null,
    incremental_authorization: { status: 'unavailable' },
    installments: null,
    last4: card?.last4 ?? null,
    mandate: null,
    multicapture: { status: 'unavailable' },
    network: card?.brand ?? null,
    network_token: { used: false },
    network_transaction_id: null,
    overcapture: { maximum_amount_capturable: intent.amount, status: 'unavailable' },
    regulated_status: card?.regulated_status ?? null,
    ...(options?.stored_credential_usage !== undefined && { stored_credential_usage: options.stored_credential_usage }),
    ...(options?.setup_credential_usage !== undefined && { setup_credential_usage: options.setup_credential_usage }),
    three_d_secure: authenticated
      ? {
          authentication_flow: 'challenge',
          electronic_commerce_indicator: '05',
          exemption_indicator: null,
          result: 'authenticated',
          result_reason: null,
          transaction_id: null,
          version: '2.2.0',
        }
      : null,
    transaction_link_id: null,
    wallet: null,
  }
}

/** `payment_method_details.acss_debit` of a charge; `debitOn` is the day the bank is asked. */
export function acssDetails({ acss_debit: bank }: PaymentMethod, mandate: string, debitOn: string): BankDebitDetails {
  return {
    bank_name: bank?.bank_name ?? null,
    expected_debit_date: debitOn,
    fingerprint: bank?.fingerprint ?? null,
    institution_number: bank?.institution_number ?? null,
    last4: bank?.last4 ?? null,
    mandate,
    transit_number: bank?.transit_number ?? null,
  }
}

/** `payment_method_details.us_bank_account` of a charge; `debitOn` is the day the bank is asked. */
export function bankDetails(method: PaymentMethod, mandate: string, debitOn: string): BankDebitDetails {
  const bank = method.us_bank_account
  return {
    account_holder_type: bank?.account_holder_type ?? null,
    account_type: bank?.account_type ?? null,
    bank_name: bank?.bank_name ?? null,
    expected_debit_date: debitOn,
    fingerprint: bank?.fingerprint ?? null,
    last4: bank?.last4 ?? null,
    mandate,
    payment_reference: null,
    routing_number: bank?.routing_number ?? null,
  }
}
