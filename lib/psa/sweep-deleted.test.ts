import { expect, test } from 'vitest'
import { doubtOf } from './sweep-deleted'

test.each([
  [{ listed: 1490, claimed: 1490, known: 1490, vanished: 0 }, undefined],
  [{ listed: 1420, claimed: 1420, known: 1490, vanished: 70 }, undefined],
  [{ listed: 1410, claimed: 1410, known: 1490, vanished: 80 }, 'no longer lists 80 of the 1490 invoices we know.'],
  [{ listed: 0, claimed: 0, known: 1490, vanished: 1490 }, 'no longer lists 1490 of the 1490 invoices we know.'],
  [{ listed: 1000, claimed: 1490, known: 1490, vanished: 490 }, 'lists 1000 invoices but counts 1490.'],
  [{ listed: 9, claimed: 9, known: 12, vanished: 3 }, undefined],
  [{ listed: 8, claimed: 8, known: 12, vanished: 4 }, 'no longer lists 4 of the 12 invoices we know.'],
])('fault 44: %o is doubted: %s', (counts, doubt) => {
  expect(doubtOf(counts)).toBe(doubt)
})

test('of people more may go at once: with a client go all of them', () => {
  const counts = { listed: 70, claimed: 70, known: 90, vanished: 20 }
  expect(doubtOf(counts)).toBe('no longer lists 20 of the 90 invoices we know.')
  expect(doubtOf(counts, 'contacts')).toBeUndefined()
  expect(doubtOf({ ...counts, vanished: 23 }, 'contacts')).toBe('no longer lists 23 of the 90 contacts we know.')
})
