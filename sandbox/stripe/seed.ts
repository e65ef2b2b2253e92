import { completeAccount, newAccount } from './accounts/new-account.ts'
import type { Account } from './state/account.ts'
import type { Registry, State } from './state/state.ts'

/** Keys and ids a user of this Stripe needs; the same for every sandbox, so that they can stand in a `.env`. */
export type Credentials = {
  platform: { account: string; secretKey: string; publishableKey: string }
  /** A connected account of the platform that is ready to take money: the demo MSP's. */
  connected: { account: string }
  /** An account that belongs to no platform, for an install with a single MSP. */
  own: { account: string; restrictedKey: string; publishableKey: string }
}

export const credentials: Credentials = {
  platform: {
    account: 'acct_1SandboxPlatform',
    secretKey: 'sk_test_closeloop_platform_51SandboxSecretKey',
    publishableKey: 'pk_test_closeloop_platform_51SandboxPublishable',
  },
  connected: { account: 'acct_1SandboxDemoMsp0' },
  own: {
    account: 'acct_1SandboxOwnMsp00',
    restrictedKey: 'rk_test_closeloop_own_51SandboxRestrictedKey0',
    publishableKey: 'pk_test_closeloop_own_51SandboxPublishableKey0',
  },
}

const everyCapability = [
  'acss_debit_payments',
  'card_payments',
  'link_payments',
  'transfers',
  'us_bank_account_ach_payments',
]

export function seedPlatform(state: Registry): Account {
  return seedAccount(state, { id: credentials.platform.account, application: null, name: 'Closeloop' })
}

/** The accounts and keys that exist before anybody asks. */
export function seedAccounts(state: State, mspName: string): void {
  const { platform, connected, own } = credentials
  const application = `ca_${platform.account.slice('acct_'.length)}`
  seedAccount(state, { id: connected.account, application, name: mspName })
  const ownAccount = seedAccount(state, { id: own.account, application: null, name: mspName })
  state.keys.set(platform.secretKey, { kind: 'secret', account: state.platform })
  state.keys.set(platform.publishableKey, { kind: 'publishable', account: state.platform })
  state.keys.set(own.restrictedKey, { kind: 'restricted', account: ownAccount })
  state.keys.set(own.publishableKey, { kind: 'publishable', account: ownAccount })
}

function seedAccount(
  state: Registry,
  { id, application, name }: { id: string; application: string | null; name: string },
): Account {
  const account = newAccount(state, {
    id,
    application,
    created: state.clock.seconds() - 400 * 86_400,
    email: 'owner@example.com',
    country: 'US',
    metadata: {},
    name,
    requested: everyCapability,
    controller: {},
    businessType: 'company',
  })
  completeAccount(state, account)
  return account
}
