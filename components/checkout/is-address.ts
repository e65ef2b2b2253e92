/** Enough to catch a slip; whether it arrives, only the mail can say. */
export function isAddress(text: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text.trim())
}
