import { startQuickbooks } from '../../../e2e/support/start-quickbooks.ts'
import { testAccounting } from '../contract-suite'
import { quickbooksOnline } from './connector'
import { QuickbooksSecret } from './secret'

process.env.DATABASE_URL ??= 'postgres://nowhere'
process.env.SECRET_KEYS ??= 'test:'

testAccounting('QuickBooks Online', async () => {
  const quickbooks = await startQuickbooks()
  const { realmId, accessToken, refreshToken } = quickbooks.credentials
  const soon = new Date(quickbooks.clock.now().getTime() + 3_600_000).toISOString()
  const secret = QuickbooksSecret.parse({
    realmId,
    accessToken,
    refreshToken,
    accessExpiresAt: soon,
    refreshExpiresAt: soon,
  })
  return {
    connector: quickbooksOnline,
    secret: () => secret,
    today: '2026-11-20',
    currency: 'USD',
    world: {
      closeBooks: (date) => quickbooks.control('close-books', { date }),
      loseNextWrite: () => quickbooks.fail('reset-after', '^POST /v3'),
      throttleNext: () => quickbooks.fail('rate-limit', '/v3'),
      heal: quickbooks.heal,
      revokeAccess: () => quickbooks.control('revoke', {}),
      remove: ({ externalKind, externalId }) => quickbooks.remove(externalKind, externalId),
      stop: quickbooks.stop,
    },
  }
})
