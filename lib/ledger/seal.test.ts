import { expect, test } from 'vitest'
import { makeSeal, type Seal, type SealedEntry, verifyChain } from './seal'

const entry = (id: string): SealedEntry => ({
  id,
  cause: `fee.charged txn_${id}`,
  happenedAt: '2026-11-20T15:00:00.000000Z',
  bookedOn: '2026-11-20',
  note: '',
  lines: ['processor_fees clearing 145 USD - - - -'],
})

/** Two seals over five entries. */
function ledger(): { seals: Seal[]; entries: SealedEntry[] } {
  const entries = ['a', 'b', 'c', 'd', 'e'].map(entry)
  const first = makeSeal(undefined, entries.slice(0, 3))
  return { seals: [first, makeSeal(first, entries.slice(3))], entries }
}

test('an untouched ledger verifies, whatever order the export lists its entries in', () => {
  const { seals, entries } = ledger()
  expect(verifyChain(seals, entries.toReversed())).toEqual([])
})

test('an entry that no seal covers yet is not judged', () => {
  const { seals, entries } = ledger()
  expect(verifyChain(seals, [...entries, entry('f')])).toEqual([])
})

test('a changed entry is named, and only that one', () => {
  const { seals, entries } = ledger()
  const changed = entries.map((one) =>
    one.id === 'b' ? { ...one, lines: ['processor_fees clearing 1 USD - - - -'] } : one,
  )
  expect(verifyChain(seals, changed)).toEqual(['Entry b (fee.charged txn_b) was changed after seal 1'])
})

test('a missing entry is named', () => {
  const { seals, entries } = ledger()
  expect(
    verifyChain(
      seals,
      entries.filter(({ id }) => id !== 'd'),
    ),
  ).toEqual(['Entry d, under seal 2, is missing'])
})

test('entries that changed places under their seal are named', () => {
  const [first, second] = ledger().seals
  if (first === undefined || second === undefined) throw new Error('two seals were made')
  const swapped = { ...first, entryIds: ['b', 'a', 'c'] }
  expect(verifyChain([swapped, second], ledger().entries)).toEqual([
    'Entry b has moved within seal 1',
    'Entry a has moved within seal 1',
  ])
})

test('seals that changed places, or went missing, are named', () => {
  const { seals, entries } = ledger()
  expect(verifyChain(seals.toReversed(), entries)).toContain('Seal 2 stands where seal 1 should')
  expect(verifyChain(seals.slice(1), entries)).toEqual([
    'Seal 2 stands where seal 1 should',
    'Seal 2 does not follow the one before it',
  ])
})

test('a seal made to fit a changed entry breaks the chain after it', () => {
  const { seals, entries } = ledger()
  const changed = entries.map((one) => (one.id === 'b' ? { ...one, bookedOn: '2026-11-21' } : one))
  const forged = makeSeal(undefined, changed.slice(0, 3))
  expect(verifyChain([forged, ...seals.slice(1)], changed)).toEqual(['Seal 2 does not follow the one before it'])
})
