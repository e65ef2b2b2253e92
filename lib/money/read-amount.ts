import { decimalsOf } from './wire'

/**
 * What a person typed as minor units: `2500`, `2,500.00`, `2 500,00 $`. The last separator with no more digits after it
 * than the currency has places is the decimal one; others only group. Letters beside the sign name the currency, as in
 * `CA$2,500.00` or `2 500,00 $ US`: an amount in another is none. Undefined for anything that is not an amount.
 */
export function readAmount(text: string, currency: string): bigint | undefined {
  const places = decimalsOf(currency)
  const bare = text.replace(/\s/g, '').toUpperCase()
  const match = /^([A-Z]*)[$€£]?(\d[\d.,]*?)(?:([.,])(\d*))?[$€£]?([A-Z]*)$/.exec(bare)
  if (match === null) return undefined
  const [, before = '', whole = '', separator, tail = '', after = ''] = match
  if (!currency.startsWith(before) || !currency.startsWith(after)) return undefined
  const isDecimal = separator !== undefined && tail.length <= places
  const groups = (isDecimal ? whole : `${whole}${tail}`).replace(/[.,]/g, '')
  if (!isDecimal && separator !== undefined && tail.length !== 3) return undefined
  if (groups.length > 13) return undefined
  return BigInt(groups + (isDecimal ? tail : '').padEnd(places, '0'))
}
