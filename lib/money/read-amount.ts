import { decimalsOf } from './wire'

/**
 * What a person typed as minor units: `2500`, `2,500.00`, `2 500,00 $`. The last separator with no more digits after it
 * than the currency has places is the decimal one; others only group. Undefined for anything that is not an amount.
 */
export function readAmount(text: string, currency: string): bigint | undefined {
  const places = decimalsOf(currency)
  const bare = text.replace(/[\s\u00a0\u202f$€£]/g, '')
  const match = /^(\d[\d.,]*?)(?:([.,])(\d*))?$/.exec(bare)
  if (match === null) return undefined
  const [, whole = '', separator, tail = ''] = match
  const isDecimal = separator !== undefined && tail.length <= places
  const groups = (isDecimal ? whole : `${whole}${tail}`).replace(/[.,]/g, '')
  if (!isDecimal && separator !== undefined && tail.length !== 3) return undefined
  if (groups.length > 13) return undefined
  return BigInt(groups + (isDecimal ? tail : '').padEnd(places, '0'))
}
