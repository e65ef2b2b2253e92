/** A transaction, or a line of one, as others point to it. Journal entries are linked line by line. */
export type Target = { type: string; id: string; lineId?: string }
export type Link = { target: Target; cents: number }

/** Which transaction (a payment, a deposit) takes how much of which other. */
export class LinkTable {
  private readonly links = new Map<string, Map<string, number>>()

  add(sourceId: string, links: Link[], sign: 1 | -1): void {
    for (const { target, cents } of links) {
      const sources = this.links.get(keyOf(target)) ?? new Map<string, number>()
      this.links.set(keyOf(target), sources)
      const left = (sources.get(sourceId) ?? 0) + sign * cents
      if (left === 0) sources.delete(sourceId)
      else sources.set(sourceId, left)
    }
  }

  /** Ids of the transactions that take from the target, oldest first, with what each takes in cents. */
  sourcesOf(target: Target): [id: string, cents: number][] {
    return [...(this.links.get(keyOf(target)) ?? [])]
  }

  takenFrom(target: Target): number {
    let total = 0
    for (const [, cents] of this.links.get(keyOf(target)) ?? []) total += cents
    return total
  }
}

function keyOf({ type, id, lineId }: Target): string {
  return lineId === undefined ? `${type}:${id}` : `${type}:${id}:${lineId}`
}
