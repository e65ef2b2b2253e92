import type { Metadata } from '../objects/common.ts'

/** Finds objects by a key and value of their metadata without looking at the others. */
export class MetadataIndex<T extends { id: string; metadata: Metadata }> {
  private readonly members = new Map<string, Set<T>>()

  add(item: T): void {
    for (const [key, value] of Object.entries(item.metadata)) {
      const name = nameOf(key, value)
      const members = this.members.get(name)
      if (members === undefined) this.members.set(name, new Set([item]))
      else members.add(item)
    }
  }

  /** Takes the item out; call before its metadata changes. */
  remove(item: T): void {
    for (const [key, value] of Object.entries(item.metadata)) this.members.get(nameOf(key, value))?.delete(item)
  }

  find(key: string, value: string): Iterable<T> {
    return this.members.get(nameOf(key, value)) ?? []
  }
}

function nameOf(key: string, value: string): string {
  return `${key}\n${value}`
}
