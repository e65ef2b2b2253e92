import type { Locale } from '@/messages/words'

/** A count as the reader writes it: `1,250.5`, `1 250,5`. */
export function countText(quantity: string, locale: Locale): string {
  // Formatting the decimal text keeps every digit.
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 6 }).format(quantity as unknown as number)
}
