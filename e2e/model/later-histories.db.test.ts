import { expect, test } from 'vitest'
import { storiesTimeoutMs, tellStories } from './stories.ts'

test(
  'fault 40: and in the stories after those: invoices and credits are what the payments, the PSA and Stripe make them',
  async () => {
    const commandsRun = await tellStories(70, 70)
    if (commandsRun !== undefined) expect(commandsRun).toBeGreaterThanOrEqual(5_000)
  },
  storiesTimeoutMs,
)
