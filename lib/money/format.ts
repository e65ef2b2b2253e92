import type { Money } from './money'
import { decimalsOf, toDecimal } from './wire'

const formats = new Map<string, Intl.NumberFormat>()

/**
 * `$4,913.14`, `−$125.00`: cents always, a real minus before the sign. A dollar is bare only where the reader’s own is meant:
 * Canada’s is `CA$4,913.14` to who reads English and `4 913,14 $` to who reads French, and that of the United States
 * `4 913,14 $ US`. A client may be billed in both.
 */
export function formatMoney(amount: Money, locale: string, options: { sign?: boolean; bare?: boolean } = {}): string {
  const key = `${locale} ${amount.currency} ${options.bare ?? false}`
  let format = formats.get(key)
  if (format === undefined) {
    const places = decimalsOf(amount.currency)
    format = new Intl.NumberFormat(locale, {
      ...(options.bare ? {} : { style: 'currency', currency: amount.currency }),
      minimumFractionDigits: places,
      maximumFractionDigits: places,
    })
    formats.set(key, format)
  }
  // Formatting the decimal text keeps every digit; a number would not above 2^53.
  const absolute = toDecimal({ minor: amount.minor < 0n ? -amount.minor : amount.minor, currency: amount.currency })
  const text = format.format(absolute as unknown as number)
  if (amount.minor < 0n) return `\u2212${text}`
  return options.sign && amount.minor > 0n ? `+${text}` : text
}
