import fc from 'fast-check'
import { expect, test } from 'vitest'
import { money } from '@/lib/money/money'
import { Brand } from '@/lib/tenancy/brand'
import { Settings } from '@/lib/tenancy/settings'
import { saveAgreed } from './agreed'
import { consentOn, noticeDaysOf } from './consent'
import { consentFacts } from './consent-facts'
import { consentTexts } from './consent-texts'

const tenant = {
  name: 'Larkfield IT',
  legalName: 'Larkfield IT, Inc.',
  brand: Brand.parse({ supportEmail: 'billing@larkfield.example' }),
}
const standing = { method: 'Visa credit, 4242', limit: 'each invoice of $6,000.00 or less' }
const once = { amount: money(491_314n, 'USD'), numbers: ['20418'] }

for (const { kind, version, text } of consentTexts)
  for (const locale of ['en-US', 'fr-CA'] as const)
    test(`${version}, ${locale}: says who, on what date, how far, with correction, and how to withdraw`, () => {
      const facts = { ...consentFacts(tenant, locale, '2026-11-20', once), ...standing }
      const shown = consentOn(kind, '2026-11-20', locale, facts).text
      expect(shown).toContain('Larkfield IT, Inc.')
      expect(shown).toContain('billing@larkfield.example')
      expect(shown).toMatch(/2026/)
      expect(shown).toMatch(locale === 'en-US' ? /correct an error/ : /corriger une erreur/)
      expect(shown).toMatch(locale === 'en-US' ? /withdraw/ : /retir|retrait/)
      expect(shown).not.toMatch(/[{}]/)
      const isOnce = kind === 'bank_once' || kind === 'pad_once'
      if (isOnce) expect(shown).toMatch(locale === 'en-US' ? /\$4,913\.14/ : /4\u00a0913,14/)
      // What the law and Nacha ask of a standing debit: its notice, its limit, and that it is not tried again.
      if (kind.startsWith('autopay')) {
        expect(shown).toContain('Visa credit, 4242')
        expect(shown).toContain('$6,000.00')
        const days = noticeDaysOf(kind) === 10
        expect(shown).toMatch(
          locale === 'en-US'
            ? days
              ? /least ten days before/
              : /least three days before/
            : days
              ? /moins dix jours avant/
              : /moins trois jours avant/,
        )
        expect(shown).toMatch(locale === 'en-US' ? /again by itself/ : /de nouveau automatiquement/)
      }
      if (!isOnce) expect(text[locale]).toMatch(locale === 'en-US' ? /never more/ : /jamais davantage/)
    })

test('versions are told apart, and no two of a kind begin on the same day', () => {
  expect(new Set(consentTexts.map(({ version }) => version)).size).toBe(consentTexts.length)
  expect(new Set(consentTexts.map(({ kind, from }) => `${kind} ${from}`)).size).toBe(consentTexts.length)
})

test('a wording that lacks a fact, or is not in force yet, is shown to nobody', () => {
  expect(() => consentOn('bank_once', '2026-11-20', 'en-US', consentFacts(tenant, 'en-US', '2026-11-20'))).toThrow()
  expect(() => consentOn('card_saved', '2019-01-01', 'en-US', consentFacts(tenant, 'en-US', '2026-11-20'))).toThrow()
})

test('only the words in force, shown today or within a day of it, were agreed to', () => {
  const facts = { tenant: { ...tenant, settings: Settings.parse({}) }, locale: 'en-US' as const, today: '2026-11-20' }
  const version = consentTexts.find(({ kind }) => kind === 'card_saved')?.version ?? ''
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 28 }),
      fc.constantFrom(version, 'card-saved 2019-01', ''),
      fc.constantFrom('card', 'us_bank_account'),
      (day, shown, type) => {
        const shownOn = `2026-11-${String(day).padStart(2, '0')}`
        const answer = saveAgreed({ shownOn, save: { version: shown, type } }, facts)
        const holds = Math.abs(day - 20) <= 1 && shown === version && type === 'card'
        expect(answer === 'changed').toBe(!holds)
      },
    ),
  )
})

test('an agreement to a pre-authorized debit has what Rule H1 asks for: category, one debit, notice, recourse and its time', () => {
  const told = {
    'en-US': [/business category/, /single debit/, /no notice is waived/, /recourse rights/, /10 business days/],
    'fr-CA': [/catégorie entreprise/, /un seul débit/, /à aucun préavis/, /droits de recours/, /10 jours ouvrables/],
  }
  for (const locale of ['en-US', 'fr-CA'] as const) {
    const once = { amount: { minor: 128_450n, currency: 'CAD' }, numbers: ['20418'] }
    const facts = consentFacts(tenant, locale, '2026-11-20', once)
    const { text } = consentOn('pad_once', '2026-11-20', locale, facts)
    for (const asked of told[locale]) expect(text).toMatch(asked)
    expect(text).toMatch(
      locale === 'en-US' ? /\$1,284\.50 in Canadian dollars/ : /1\u00a0284,50\u00a0\$ en dollars canadiens/,
    )
  }
})
