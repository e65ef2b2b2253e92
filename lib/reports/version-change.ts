import { formatMoney } from '@/lib/money/format'
import type { Money } from '@/lib/money/money'

export type VersionLine = { heading: string; description: string; quantity: string; amount: Money }
export type Version = { version: number; total: Money; seenAt: Date; lines: VersionLine[] }

/**
 * What a newer version says differently, one sentence each, for people. Lines are matched by heading and description;
 * of several alike, the first with the first.
 */
export function describeChange(before: Version, after: Version, locale: string): string[] {
  const left = new Map<string, VersionLine[]>()
  for (const line of before.lines) left.set(nameOf(line), [...(left.get(nameOf(line)) ?? []), line])
  const amount = (value: Money) => formatMoney(value, locale)
  const said: string[] = []
  for (const line of after.lines) {
    const known = left.get(nameOf(line))?.shift()
    if (known === undefined) said.push(`Added: ${line.description}, ${amount(line.amount)}`)
    else if (known.amount.minor !== line.amount.minor)
      said.push(
        known.quantity === line.quantity
          ? `${line.description}: ${amount(known.amount)} is now ${amount(line.amount)}`
          : `${line.description}: ${known.quantity} are now ${line.quantity}, ${amount(known.amount)} is now ${amount(line.amount)}`,
      )
  }
  for (const line of [...left.values()].flat()) said.push(`Removed: ${line.description}, ${amount(line.amount)}`)
  if (before.total.minor !== after.total.minor)
    said.push(`Total: ${amount(before.total)} is now ${amount(after.total)}`)
  return said.length === 0 ? ['Lines and total are the same; its dates or notes changed.'] : said
}

function nameOf({ heading, description }: VersionLine): string {
  return `${heading}\u0000${description}`
}
