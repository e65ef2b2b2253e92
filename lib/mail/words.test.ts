import { expect, test } from 'vitest'
import { formatDay, formatInstant } from '@/messages/date'
import english from '@/messages/en.json'
import french from '@/messages/fr-CA.json'
import { listOf, localeOf, wordsIn } from '@/messages/words'

function flat(tree: object, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([name, value]) =>
    typeof value === 'string' ? [[`${path}${name}`, value] as [string, string]] : flat(value, `${path}${name}.`),
  )
}
const placeholders = (text: string) =>
  [...new Set(text.match(/(?<!(?:=\d|other) )\{\w+(?=[,}])|<\/?\w+>/g) ?? [])].sort()

test('both languages say the same things with the same facts', () => {
  const [en, fr] = [new Map(flat(english)), new Map(flat(french))]
  expect([...fr.keys()]).toEqual([...en.keys()])
  for (const [key, text] of en) expect(placeholders(fr.get(key) ?? ''), key).toEqual(placeholders(text))
})

test('nothing is said with an exclamation mark, an apology or a straight quote', () => {
  for (const [key, text] of [...flat(english), ...flat(french)])
    expect(text, key).not.toMatch(/!|oops|please note|sorry|'|"|—/i)
})

test('the first wish that names a language we speak decides', () => {
  expect(localeOf(undefined, 'fr-CA', 'en-US')).toBe('fr-CA')
  expect(localeOf('en', 'fr-CA')).toBe('en-US')
  expect(localeOf('de', '', null)).toBe('en-US')
})

test('dates are words, with the year only when it differs', () => {
  expect(formatDay('2026-12-02', 'en-US', 'prose', '2026-11-20')).toBe('Wednesday, December 2')
  expect(formatDay('2027-01-06', 'en-US', 'table', '2026-11-20')).toBe('Wed, Jan 6, 2027')
  expect(formatDay('2026-12-02', 'fr-CA', 'prose', '2026-11-20')).toBe('mercredi 2 décembre')
  expect(formatInstant(new Date('2026-11-20T15:42:00Z'), 'en-US', 'America/New_York')).toMatch(
    /^Nov 20, 2026, 10:42\sAM EST$/,
  )
})

test('counts and lists follow the language', () => {
  expect(wordsIn('en-US')('status.daysOverdue', { days: 8 })).toBe('8 days overdue')
  expect(wordsIn('fr-CA')('status.dueIn', { days: 1 })).toBe('Due demain')
  expect(listOf(['20397', '20409', '20418'], 'en-US')).toBe('20397, 20409, and 20418')
})
