import { type Money, money } from './money'

const decimalsByCurrency: Record<string, number> = { JPY: 0, ISK: 0, KRW: 0, BHD: 3, KWD: 3 }

/** Decimal places of a currency (ISO 4217): 2 for all but a few. */
export function decimalsOf(currency: string): number {
  return decimalsByCurrency[currency] ?? 2
}

/**
 * A vendor's decimal as exact money. A double such as 4913.139999999999 is the nearest one to 4913.14, so it is read
 * through its shortest text and rounded half away from zero to the currency's places.
 * @throws RangeError for anything that is not a finite decimal, or that lies further than `slack` from a whole minor
 *   unit: float noise is forgiven, fractions of a cent are not
 */
export function fromDecimal(value: number | string, currency: string, slack = 0.01): Money {
  const text = typeof value === 'number' ? plainText(value) : value.trim()
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text)
  if (match === null) throw new RangeError(`${JSON.stringify(value)} is not an amount`)
  const [, sign = '', whole = '0', fraction = ''] = match
  const places = decimalsOf(currency)
  const kept = BigInt(whole + fraction.padEnd(places, '0').slice(0, places))
  const rest = Number(`0.${fraction.slice(places) || '0'}`)
  if (Math.min(rest, 1 - rest) > slack) throw new RangeError(`${text} has fractions of a minor unit of ${currency}`)
  const minor = rest >= 0.5 ? kept + 1n : kept
  return money(sign === '-' ? -minor : minor, currency)
}

/** Money as the decimal text vendors take: `4913.14`. */
export function toDecimal({ minor, currency }: Money): string {
  const places = decimalsOf(currency)
  const digits = (minor < 0n ? -minor : minor).toString().padStart(places + 1, '0')
  const text = places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`
  return minor < 0n ? `-${text}` : text
}

/** As a JSON number for vendors whose wire is a double; exact for every amount below 2^53 minor units. */
export function toNumber(amount: Money): number {
  return Number(toDecimal(amount))
}

function plainText(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`${value} is not an amount`)
  const text = String(value)
  return /e/i.test(text) ? value.toFixed(10) : text
}
