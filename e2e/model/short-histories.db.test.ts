import { expect, test } from 'vitest'
import { short, storiesTimeoutMs, tellStories } from './stories.ts'

test(
  'fault 40: and in thousands of short stories: invoices and credits are what the payments, the PSA and Stripe make them',
  async () => {
    const told = await tellStories(short, 2_000)
    if (told !== undefined) expect(told.stories).toBeGreaterThanOrEqual(2_000)
  },
  storiesTimeoutMs,
)
