import type { FeeDetail } from '../objects/charge.ts'

/** Card: 2.9 % + 30 cents. Amounts and fees are whole cents. */
export function cardFee(amount: number): number {
  return Math.round((amount * 29) / 1000) + 30
}

/** ACH debit: 0.8 %, at most 5 dollars. */
export function bankDebitFee(amount: number): number {
  return Math.min(500, Math.round((amount * 8) / 1000))
}

/** Pre-authorized debit in Canada: 1 % and 40 cents, at most 5 dollars. */
export function padFee(amount: number): number {
  return Math.min(500, Math.round(amount / 100) + 40)
}

/** Kept by Stripe for a dispute, whoever wins it. */
export const disputeFee = 1500

export function stripeFee(amount: number, currency: string, description = 'Stripe processing fees'): FeeDetail {
  return { amount, application: null, currency, description, type: 'stripe_fee' }
}
