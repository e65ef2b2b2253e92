import type { TestStripe } from '../../sandbox/stripe/test-stripe.ts'

/** A connected account that may charge, of its own for every MSP of a story. @returns its id */
export async function newAccount({ platform }: TestStripe): Promise<string> {
  const { id } = await platform.accounts.create({
    controller: {
      fees: { payer: 'account' },
      losses: { payments: 'stripe' },
      stripe_dashboard: { type: 'full' },
      requirement_collection: 'stripe',
    },
    country: 'US',
    email: 'owner@msp.example',
    business_profile: { name: 'An MSP' },
    capabilities: { card_payments: { requested: true }, us_bank_account_ach_payments: { requested: true } },
  })
  const back = 'https://closeloop.example/back'
  const { url } = await platform.accountLinks.create({
    account: id,
    type: 'account_onboarding',
    refresh_url: back,
    return_url: back,
  })
  await fetch(url, { method: 'POST', redirect: 'manual' })
  return id
}
