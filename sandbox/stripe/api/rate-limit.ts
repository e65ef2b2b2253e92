import { rateLimited } from './errors.ts'

/** A bucket of requests per account that refills with real time: it is the caller's pace that is limited. */
export class RateLimit {
  private readonly buckets = new Map<string, { tokens: number; at: number }>()

  /** Refuses when the account has used up its requests of this second. */
  take(account: string, perSecond: number): void {
    if (perSecond <= 0) return
    const now = performance.now()
    const bucket = this.buckets.get(account) ?? { tokens: perSecond, at: now }
    const tokens = Math.min(perSecond, bucket.tokens + ((now - bucket.at) / 1000) * perSecond)
    this.buckets.set(account, { tokens: Math.max(0, tokens - 1), at: now })
    if (tokens < 1) throw rateLimited()
  }
}
