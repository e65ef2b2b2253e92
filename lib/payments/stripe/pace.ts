import 'server-only'
import { env } from '@/lib/base/env'

type Bucket = { tokens: number; filledAt: number; turn: Promise<void> }

const buckets = new Map<string, Bucket>()

/**
 * Waits for this account's turn: Stripe takes 25 requests a second per endpoint unless it agreed to more, and answers
 * 429 above that. Half a second's worth may go at once; the other half is left for those that arrive in a bunch,
 * as the first ones do, whose connections have to be made. The rate is this process' share: divide it where several charge.
 */
export function pace(account: string): Promise<void> {
  const rate = env().STRIPE_RATE
  const bucket = buckets.get(account) ?? { tokens: atOnce(rate), filledAt: performance.now(), turn: Promise.resolve() }
  buckets.set(account, bucket)
  // Turns are taken one after another, so that nobody overtakes and nobody counts the same token twice.
  bucket.turn = bucket.turn.then(() => take(bucket, rate))
  return bucket.turn
}

const atOnce = (rate: number) => Math.max(1, rate / 2)

async function take(bucket: Bucket, rate: number): Promise<void> {
  refill(bucket, rate)
  if (bucket.tokens < 1) {
    await new Promise((resolve) => setTimeout(resolve, ((1 - bucket.tokens) / rate) * 1000))
    refill(bucket, rate)
  }
  bucket.tokens -= 1
}

function refill(bucket: Bucket, rate: number): void {
  const at = performance.now()
  bucket.tokens = Math.min(atOnce(rate), bucket.tokens + ((at - bucket.filledAt) / 1000) * rate)
  bucket.filledAt = at
}
