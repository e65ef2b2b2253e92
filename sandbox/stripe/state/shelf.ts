/** Objects of one kind on one account, in the order they were made, found by id or by a field that never changes. */
export class Shelf<T extends { id: string }> {
  private readonly places = new Map<string, number>()
  private readonly items: (T | undefined)[] = []
  private readonly groups: { of: (item: T) => string | null; members: Map<string, T[]> }[]

  /** `groupings` are the fields by which lists of this kind are narrowed. */
  constructor(...groupings: ((item: T) => string | null)[]) {
    this.groups = groupings.map((of) => ({ of, members: new Map() }))
  }

  add(item: T): T {
    this.places.set(item.id, this.items.push(item) - 1)
    for (const { of, members } of this.groups) {
      const name = of(item)
      if (name === null) continue
      const group = members.get(name)
      if (group === undefined) members.set(name, [item])
      else group.push(item)
    }
    return item
  }

  get(id: string): T | undefined {
    const place = this.places.get(id)
    return place === undefined ? undefined : this.items[place]
  }

  remove(id: string): void {
    const place = this.places.get(id)
    if (place !== undefined) this.items[place] = undefined
  }

  /** Oldest first. */
  *all(): Generator<T> {
    for (const item of this.items) if (item !== undefined) yield item
  }

  /** Members of a group, oldest first; `grouping` is the position in the constructor. */
  group(grouping: number, name: string): readonly T[] {
    return this.groups[grouping]?.members.get(name) ?? []
  }

  /** Walks from an object (or the newest end) towards older ones, or from it towards newer ones. */
  *walk(direction: 'older' | 'newer', from?: string): Generator<T> {
    const step = direction === 'older' ? -1 : 1
    const place = from === undefined ? undefined : this.places.get(from)
    const start = place === undefined ? (direction === 'older' ? this.items.length - 1 : 0) : place + step
    for (let index = start; index >= 0 && index < this.items.length; index += step) {
      const item = this.items[index]
      if (item !== undefined) yield item
    }
  }
}
