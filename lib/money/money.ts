/** An amount in whole minor units (cents) of one currency (ISO 4217). */
export type Money = { minor: bigint; currency: string }

export function money(minor: bigint, currency: string): Money {
  return { minor, currency }
}

export function zero(currency: string): Money {
  return { minor: 0n, currency }
}

/** @throws RangeError when the currencies differ: amounts never leave their currency */
export function plus(a: Money, b: Money): Money {
  if (a.currency !== b.currency) throw new RangeError(`Cannot add ${b.currency} to ${a.currency}`)
  return { minor: a.minor + b.minor, currency: a.currency }
}

export function minus(a: Money, b: Money): Money {
  return plus(a, { minor: -b.minor, currency: b.currency })
}

export function sum(amounts: readonly Money[], currency: string): Money {
  return amounts.reduce(plus, zero(currency))
}

/** One sum for each currency there is, in the order in which they first appear. */
export function sumPerCurrency(amounts: readonly Money[]): Money[] {
  return [...Map.groupBy(amounts, ({ currency }) => currency)].map(([currency, own]) => sum(own, currency))
}

/** Parts that differ by at most one minor unit and add up to the whole. */
export function split(total: Money, parts: number): Money[] {
  // Marks on a ruler: the gaps always add up to the whole.
  const mark = (at: number) => (total.minor * BigInt(at)) / BigInt(parts)
  return Array.from({ length: parts }, (_, at) => money(mark(at + 1) - mark(at), total.currency))
}

/** `part` of `whole` applied to `amount`, rounded toward zero: refunds of a surcharge, pro rata. */
export function share(amount: Money, part: bigint, whole: bigint): Money {
  if (whole === 0n) return zero(amount.currency)
  return money((amount.minor * part) / whole, amount.currency)
}
