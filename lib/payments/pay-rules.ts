import type { Settings } from '@/lib/tenancy/settings'
import type { PayRules } from './plan-order'

/** The least Stripe charges: half a dollar, in the currencies we take. */
const chargeMinimumMinor = 50n

/** What an MSP lets its clients do, as its settings say. */
export function payRulesOf({ partialPayments, keepOverpayments }: Settings): PayRules {
  return {
    partial:
      partialPayments === undefined
        ? undefined
        : {
            minimumMinor: BigInt(partialPayments.minimumMinor),
            minimumBasisPoints: partialPayments.minimumBasisPoints,
          },
    keepsMore: keepOverpayments,
    chargeMinimumMinor,
  }
}

/** For those who answer for what they do: staff, and we ourselves. */
export const anyAmount: PayRules = {
  partial: { minimumMinor: 0n, minimumBasisPoints: 0 },
  keepsMore: true,
  chargeMinimumMinor: 0n,
}

/** For what is charged by itself: any part of an invoice, but no charge that Stripe would refuse. */
export const automaticCharge: PayRules = { ...anyAmount, keepsMore: false, chargeMinimumMinor }
