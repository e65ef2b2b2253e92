import { createHash } from 'node:crypto'

/** An entry as it is sealed and as it is exported: plain text, in one order, so that anyone can hash it again. */
export type SealedEntry = {
  id: string
  cause: string
  happenedAt: string
  bookedOn: string
  note: string
  /** `debit credit amountMinor currency client invoice attempt payout`, `-` for what is absent. */
  lines: string[]
}

export type Seal = { number: number; previousHash: string; hash: string; entryIds: string[] }

export const firstHash = '0'.repeat(64)

/** The hash of a batch: of the hash before it and of each entry, in the order of their ids. */
export function sealHash(previousHash: string, entries: readonly SealedEntry[]): string {
  const hash = createHash('sha256').update(previousHash)
  for (const entry of [...entries].sort((a, b) => (a.id < b.id ? -1 : 1)))
    hash.update(JSON.stringify([entry.id, entry.cause, entry.happenedAt, entry.bookedOn, entry.note, ...entry.lines]))
  return hash.digest('hex')
}

/**
 * Checks a chain from an export alone.
 * @returns what is wrong, in words; empty when the chain holds
 */
export function verifyChain(seals: readonly Seal[], entries: readonly SealedEntry[]): string[] {
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  const found: string[] = []
  const sealed = new Set<string>()
  let previous = firstHash
  for (const [at, seal] of seals.entries()) {
    if (seal.number !== at + 1) found.push(`Seal ${at + 1} is missing`)
    if (seal.previousHash !== previous) found.push(`Seal ${seal.number} does not follow the one before it`)
    const batch = seal.entryIds.map((id) => byId.get(id)).filter((entry) => entry !== undefined)
    if (batch.length !== seal.entryIds.length)
      found.push(`Seal ${seal.number} covers ${seal.entryIds.length - batch.length} entries that are gone`)
    for (const id of seal.entryIds) {
      if (sealed.has(id)) found.push(`Entry ${id} is sealed twice`)
      sealed.add(id)
    }
    if (sealHash(seal.previousHash, batch) !== seal.hash)
      found.push(`Seal ${seal.number} is broken: an entry under it was changed`)
    previous = seal.hash
  }
  return found
}
