/** The wire carries amounts as JSON numbers with two decimals; inside, everything is whole cents. */
export function cents(amount: number | undefined): number {
  return Math.round((amount ?? 0) * 100)
}

export function dollars(cents: number): number {
  return cents / 100
}

export function sum(values: Iterable<number>): number {
  let total = 0
  for (const value of values) total += value
  return total
}
