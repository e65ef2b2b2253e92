/** A count to six places, as a whole number of millionths: sums of decimal text stay exact. */
export function microsOf(quantity: string): bigint {
  const match = /^(-?)(\d+)(?:\.(\d{1,6}))?$/.exec(quantity)
  if (match === null) throw new RangeError(`${JSON.stringify(quantity)} is not a quantity`)
  const [, sign = '', whole = '0', fraction = ''] = match
  const micros = BigInt(whole + fraction.padEnd(6, '0'))
  return sign === '-' ? -micros : micros
}

/** Decimal text without trailing zeros. */
export function quantityOf(micros: bigint): string {
  const digits = (micros < 0n ? -micros : micros).toString().padStart(7, '0')
  const fraction = digits.slice(-6).replace(/0+$/, '')
  return `${micros < 0n ? '-' : ''}${digits.slice(0, -6)}${fraction === '' ? '' : `.${fraction}`}`
}

/** What so many units cost, in minor units, half away from zero. */
export function costOf(micros: bigint, unitMinor: bigint): bigint {
  const product = micros * unitMinor
  const half = product < 0n ? -500_000n : 500_000n
  return (product + half) / 1_000_000n
}
