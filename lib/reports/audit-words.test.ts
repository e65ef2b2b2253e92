import { expect, test } from 'vitest'
import { auditActors, auditAreas, auditSubjects } from '@/lib/tenancy/audit-actions'
import { changes } from '@/lib/tenancy/changes'
import { wordsIn } from '@/messages/words'
import { AuditSearch, readAuditFilter } from './audit-filter'
import { actorWords, actsMatching, actWords, detailWords, subjectWords } from './audit-words'

const id = '0190a0a0-0000-7000-8000-000000000001'
const line = { action: '', actorKind: '', actorName: null, subjectKind: '', subjectName: null, detail: {} }

test.each(['en-US', 'fr-CA'] as const)(
  'everything that can be written has words in %s, none of them twice',
  (locale) => {
    const words = wordsIn(locale)
    const acts = Object.values(auditAreas).flat()
    // Translators throw for a key that is not there.
    const said = acts.map((action) => actWords(action, words))
    expect(new Set(said).size).toBe(acts.length)
    for (const text of said) expect(text).not.toMatch(/[._]/)
    for (const subjectKind of auditSubjects)
      expect(subjectWords({ ...line, subjectKind }, words)).toMatch(/^\p{Lu}[^_]+$/u)
    for (const actorKind of auditActors) expect(actorWords({ ...line, actorKind }, words)).toMatch(/^\p{Lu}[^_]+$/u)
  },
)

test('a detail says amounts and roles in words, and keeps ids to itself', () => {
  const detail = {
    ...{ holdId: id, amountMinor: '20000', reason: 'Wrong quantity', ip: '192.0.2.7' },
    ...changes({ role: 'viewer', name: 'Theo' }, { role: 'finance', name: 'Theo' }),
  }
  expect(detailWords({ detail }, 'en-US', 'USD')).toEqual({
    before: ['role: viewer'],
    after: ['role: finance'],
    rest: ['amount: $200.00', 'reason: Wrong quantity'],
  })
  expect(detailWords({ detail: { amountMinor: 146_49, currency: 'CAD' } }, 'fr-CA', 'USD').rest).toEqual([
    'montant: 146,49\u00a0$',
  ])
})

test('a change holds what differs, also inside, and what came or went', () => {
  const before = { acceptCards: true, partialPayments: { minimumMinor: 100 }, sendFrom: '2026-11-01' }
  expect(changes(before, { acceptCards: true, partialPayments: { minimumMinor: 200 } })).toEqual({
    before: { partialPayments: { minimumMinor: 100 }, sendFrom: '2026-11-01' },
    after: { partialPayments: { minimumMinor: 200 }, sendFrom: null },
  })
})

test('an act is found by its words, in the language they are read in', () => {
  expect(actsMatching('REFUND', 'en-US')).toContain('payment.refund_asked')
  expect(actsMatching('rembours', 'fr-CA')).toContain('payment.refund_asked')
  expect(actsMatching(undefined, 'en-US')).toEqual([])
})

test('a filter is read from an address, and what is mangled is left out', () => {
  expect(
    readAuditFilter({
      who: `staff:${id}`,
      what: 'staff.removed',
      object: `invoice:${id}`,
      from: '2026-11-01',
      q: ' a ',
    }),
  ).toEqual({
    who: { kind: 'staff', id },
    actions: ['staff.removed'],
    object: { kind: 'invoice', id },
    from: '2026-11-01',
    search: 'a',
  })
  expect(readAuditFilter({ what: 'systems' }).actions).toContain('api_key.made')
  expect(
    readAuditFilter({ who: 'staff:x', what: 'constructor', object: 'invoice:1', from: '2026-02-30', to: 'x', q: ' ' }),
  ).toEqual({})
  expect(AuditSearch.parse({ q: ['twice', 'said'], what: 'money' })).toEqual({ q: undefined, what: 'money' })
})
