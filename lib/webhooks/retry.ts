const [second, minute, hour] = [1_000, 60_000, 3_600_000]

/** Between one try and the next. Together a little under three days: a receiver that was down over a weekend gets all. */
const delaysMs = [
  ...[5 * second, minute, 5 * minute, 30 * minute],
  ...[2 * hour, 5 * hour, 10 * hour, 14 * hour, 20 * hour, 20 * hour],
]
export const triesMax = delaysMs.length + 1

/** How long to wait after this many tries; undefined when it was the last. */
export function delayAfterMs(tries: number): number | undefined {
  return delaysMs[tries - 1]
}
