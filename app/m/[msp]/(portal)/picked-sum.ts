/** Minor units as digits: rows cross to the browser as text. */
export type PayableRow = { id: string; payable?: { minor: string; currency: string } }

/**
 * What the chosen rows come to. One payment takes one currency, that of the first one chosen: amounts of another are
 * not in it.
 * @param usual the currency of nothing
 */
export function pickedSum(
  rows: readonly PayableRow[],
  picked: readonly string[],
  usual: string,
): { minor: bigint; currency: string } {
  const payable = new Map(rows.map((row) => [row.id, row.payable]))
  const chosen = picked.flatMap((id) => payable.get(id) ?? [])
  const currency = chosen[0]?.currency ?? usual
  const minor = chosen.reduce((sum, one) => (one.currency === currency ? sum + BigInt(one.minor) : sum), 0n)
  return { minor, currency }
}
