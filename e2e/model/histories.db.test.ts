import { expect, test } from 'vitest'
import { storiesTimeoutMs, tellStories } from './stories.ts'

test(
  'fault 40: whatever happens in whatever order, invoices and credits are what the payments, the PSA and Stripe make them',
  async () => {
    const commandsRun = await tellStories(0, 70)
    if (commandsRun !== undefined) expect(commandsRun).toBeGreaterThanOrEqual(5_000)
  },
  storiesTimeoutMs,
)
