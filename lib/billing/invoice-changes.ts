import type { PlainDate } from '@/lib/base/clock'
import type { Money } from '@/lib/money/money'
import type { InvoiceGroup, InvoiceLineView } from './invoice'

/** An invoice as it read at one moment. */
export type InvoiceReading = { total: Money; dueOn: PlainDate; groups: readonly InvoiceGroup[] }

/** One difference between two readings, for a person to read. */
export type InvoiceChange =
  | { kind: 'total'; before: Money; after: Money }
  | { kind: 'due'; before: PlainDate; after: PlainDate }
  | { kind: 'line-added' | 'line-removed'; line: InvoiceLineView }
  | { kind: 'line-changed'; before: InvoiceLineView; after: InvoiceLineView }

/**
 * What differs, the sum first. A line is known again by its heading and its words; two of the same words are told apart
 * by their order.
 */
export function invoiceChanges(before: InvoiceReading, after: InvoiceReading): InvoiceChange[] {
  const changes: InvoiceChange[] = []
  if (before.total.minor !== after.total.minor)
    changes.push({ kind: 'total', before: before.total, after: after.total })
  if (before.dueOn !== after.dueOn) changes.push({ kind: 'due', before: before.dueOn, after: after.dueOn })
  const was = linesByName(before.groups)
  for (const [name, line] of linesByName(after.groups)) {
    const old = was.get(name)
    was.delete(name)
    if (old === undefined) changes.push({ kind: 'line-added', line })
    else if (old.quantity !== line.quantity || old.amount.minor !== line.amount.minor)
      changes.push({ kind: 'line-changed', before: old, after: line })
  }
  for (const line of was.values()) changes.push({ kind: 'line-removed', line })
  return changes
}

function linesByName(groups: readonly InvoiceGroup[]): Map<string, InvoiceLineView> {
  const named = new Map<string, InvoiceLineView>()
  for (const { heading, lines } of groups)
    for (const line of lines) {
      let same = 1
      while (named.has(nameOf(heading, line, same))) same += 1
      named.set(nameOf(heading, line, same), line)
    }
  return named
}

const nameOf = (heading: string, { description }: InvoiceLineView, same: number) =>
  JSON.stringify([heading, description, same])
