/** The most that is kept of what somebody says about an invoice, in characters. */
const wordsMax = 500

/** What somebody typed, as it is kept and handed on to the PSA's notes: without breaks, and not longer than a note takes. */
export function inOneLine(typed: string): string {
  return typed.trim().replace(/\s+/g, ' ').slice(0, wordsMax).trimEnd()
}
