import { expect, test } from 'vitest'
import { long, storiesTimeoutMs, tellStories } from './stories.ts'

test(
  'fault 40: whatever happens in whatever order, invoices and credits are what the payments, the PSA and Stripe make them',
  async () => {
    const told = await tellStories(long, 40)
    if (told !== undefined) expect(told.commands).toBeGreaterThanOrEqual(2_400)
  },
  storiesTimeoutMs,
)
