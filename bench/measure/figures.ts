/** @throws Error for no values: a figure of nothing would be an invented one */
export function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const found = sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * part) - 1)]
  if (found === undefined) throw new Error('there is nothing to take a percentile of')
  return found
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5)
}

/** Latencies of single operations, in milliseconds. */
export type Latency = { p50: number; p95: number; p99: number }

export function latencyOf(values: readonly number[]): Latency {
  return { p50: percentile(values, 0.5), p95: percentile(values, 0.95), p99: percentile(values, 0.99) }
}

/** Three significant digits: more would be noise written down. */
export function rounded(value: number): number {
  return Number(value.toPrecision(3))
}
