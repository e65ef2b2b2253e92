/** Calls the vendor takes, counted on the outside clock as a network would. */
type Limits = { perSecond: number; perMinute: number; batchesPerMinute: number }

const vendorLimits: Limits = { perSecond: 10, perMinute: 500, batchesPerMinute: 40 }

export class Throttle {
  limits: Limits | undefined = vendorLimits
  private calls: number[] = []
  private batches: number[] = []

  /** Counts the call; false when it is one too many. */
  admits(isBatch: boolean): boolean {
    if (this.limits === undefined) return true
    const now = performance.now()
    this.calls = this.calls.filter((at) => at > now - 60_000)
    this.batches = this.batches.filter((at) => at > now - 60_000)
    const lastSecond = this.calls.filter((at) => at > now - 1000).length
    const isTooMuch =
      lastSecond >= this.limits.perSecond ||
      this.calls.length >= this.limits.perMinute ||
      (isBatch && this.batches.length >= this.limits.batchesPerMinute)
    if (isTooMuch) return false
    this.calls.push(now)
    if (isBatch) this.batches.push(now)
    return true
  }
}
