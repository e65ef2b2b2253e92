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

/** A batch of entries. Its hash covers the hash before it and those of its entries, in the order in which it names them. */
export type Seal = {
  number: number
  previousHash: string
  hash: string
  entryIds: string[]
  entryHashes: string[]
}

const firstHash = '0'.repeat(64)

function entryHash(entry: SealedEntry): string {
  const { id, cause, happenedAt, bookedOn, note, lines } = entry
  return sha256(JSON.stringify([id, cause, happenedAt, bookedOn, note, ...lines]))
}

function sealHash(previousHash: string, entryHashes: readonly string[]): string {
  return sha256([previousHash, ...entryHashes].join('\n'))
}

/** Puts a batch under the next seal, in the order of the entries' ids. */
export function makeSeal(last: Seal | undefined, entries: readonly SealedEntry[]): Seal {
  const ordered = [...entries].sort((a, b) => (a.id < b.id ? -1 : 1))
  const previousHash = last?.hash ?? firstHash
  const entryHashes = ordered.map(entryHash)
  return {
    number: (last?.number ?? 0) + 1,
    previousHash,
    hash: sealHash(previousHash, entryHashes),
    entryIds: ordered.map(({ id }) => id),
    entryHashes,
  }
}

/**
 * Checks a chain from an export alone. An entry under no seal is not judged: the next seal will cover it.
 * @returns what is wrong, in words that name the seal or the entry; empty when the chain holds
 */
export function verifyChain(seals: readonly Seal[], entries: readonly SealedEntry[]): string[] {
  const found: string[] = []
  let previous = firstHash
  for (const [at, { number, previousHash, hash, entryHashes }] of seals.entries()) {
    if (number !== at + 1) found.push(`Seal ${number} stands where seal ${at + 1} should`)
    if (previousHash !== previous) found.push(`Seal ${number} does not follow the one before it`)
    if (sealHash(previousHash, entryHashes) !== hash) found.push(`Seal ${number} itself was changed`)
    previous = hash
  }
  return [...found, ...checkEntries(seals, entries)]
}

function checkEntries(seals: readonly Seal[], entries: readonly SealedEntry[]): string[] {
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  const sealed = new Set<string>()
  return seals.flatMap(({ number, entryIds, entryHashes }) => {
    const found: string[] = []
    if (entryIds.length !== entryHashes.length) found.push(`Seal ${number} names more or fewer entries than it sealed`)
    for (const [at, id] of entryIds.entries()) {
      if (sealed.has(id)) found.push(`Entry ${id} is under two seals, the second is ${number}`)
      sealed.add(id)
      const entry = byId.get(id)
      const actual = entry && entryHash(entry)
      if (entry === undefined) found.push(`Entry ${id}, under seal ${number}, is missing`)
      else if (actual === entryHashes[at]) continue
      else if (actual !== undefined && entryHashes.includes(actual))
        found.push(`Entry ${id} has moved within seal ${number}`)
      else found.push(`Entry ${id} (${entry.cause}) was changed after seal ${number}`)
    }
    return found
  })
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
