import { automaticCharge } from './pay-rules'
import { type Payable, planOrder } from './plan-order'

/**
 * How much of a client's credit each of several charges uses, those that come first first. Each is planned by the rule
 * of the checkout: the credit pays as much as it can, and leaves a charge that can be made, or none.
 * @returns the credit of each, and what is left of it
 */
export function spreadCredit(
  charges: readonly (readonly Payable[])[],
  creditMinor: bigint,
): { credits: bigint[]; leftMinor: bigint } {
  let leftMinor = creditMinor
  const credits = charges.map((payables) => {
    const amounts = new Map(payables.map(({ invoiceId, payableMinor }) => [invoiceId, payableMinor]))
    const planned = planOrder(payables, { by: 'invoice', amounts }, leftMinor, automaticCharge)
    const used = planned.ok ? planned.plan.creditMinor : 0n
    leftMinor -= used
    return used
  })
  return { credits, leftMinor }
}
