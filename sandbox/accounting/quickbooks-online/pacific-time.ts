const offsetMs = -8 * 3_600_000

/** The vendor's servers write their local time: 2026-01-02T03:04:05.678-08:00. */
export function pacificTime(at: Date): string {
  return new Date(at.getTime() + offsetMs).toISOString().replace('Z', '-08:00')
}

/** Times kept with a record have whole seconds. */
export function pacificSecond(atMs: number): string {
  return new Date(atMs + offsetMs).toISOString().replace(/\.\d+Z$/, '-08:00')
}

/** Today's date where the company's books are kept, for transactions sent without a date. */
export function pacificDate(at: Date): string {
  return pacificTime(at).slice(0, 10)
}
