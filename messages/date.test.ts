import { expect, test } from 'vitest'
import { formatDay, formatInstant } from './date'

test('French counts the first of a month, and no other day and no hour', () => {
  const today = '2026-11-20'
  expect(formatDay('2026-12-01', 'fr-CA', 'prose', today)).toBe('mardi 1er décembre')
  expect(formatDay('2027-02-01', 'fr-CA', 'plain', today)).toBe('1er février 2027')
  expect(formatDay('2026-12-01', 'fr-CA', 'table', today)).toMatch(/1er déc/)
  for (const day of ['2026-12-11', '2026-12-21', '2026-12-31'])
    expect(formatDay(day, 'fr-CA', 'prose', today)).not.toContain('1er')
  expect(formatDay('2026-12-01', 'en-US', 'plain', today)).toBe('December 1')
  expect(formatInstant(new Date('2026-11-02T06:05:00Z'), 'fr-CA', 'America/Toronto')).not.toContain('1er')
  expect(formatInstant(new Date('2026-12-01T15:42:00Z'), 'fr-CA', 'America/Toronto')).toMatch(/^1er déc/)
})
