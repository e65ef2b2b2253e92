import { expect, test } from 'vitest'
import { firstHash, type Seal, type SealedEntry, sealHash, verifyChain } from './seal'

const entry = (id: string): SealedEntry => ({
  id,
  cause: `payment.succeeded ${id}`,
  happenedAt: '2026-11-20T15:00:00.000000Z',
  bookedOn: '2026-11-20',
  note: '',
  lines: ['clearing receivable 491314 USD c i a -'],
})
const batches = [[entry('1'), entry('2')], [entry('3')], [entry('4'), entry('5')]]
const entries = batches.flat()
const seals: Seal[] = []
for (const batch of batches) {
  const previousHash = seals.at(-1)?.hash ?? firstHash
  const hash = sealHash(previousHash, batch)
  seals.push({ number: seals.length + 1, previousHash, hash, entryIds: batch.map(({ id }) => id) })
}

test('an untouched chain holds, in whatever order the entries are exported', () => {
  expect(verifyChain(seals, entries)).toEqual([])
  expect(verifyChain(seals, entries.toReversed())).toEqual([])
})

test('a changed, a missing and an exchanged entry are each named by their seal', () => {
  const changed = entries.map((one) =>
    one.id === '3' ? { ...one, lines: ['clearing receivable 491315 USD c i a -'] } : one,
  )
  expect(verifyChain(seals, changed)).toEqual(['Seal 2 is broken: an entry under it was changed'])
  expect(
    verifyChain(
      seals,
      entries.filter(({ id }) => id !== '4'),
    ),
  ).toEqual(['Seal 3 covers 1 entries that are gone', 'Seal 3 is broken: an entry under it was changed'])
  expect(verifyChain(seals.toSpliced(1, 1), entries)).toContain('Seal 2 is missing')
})
