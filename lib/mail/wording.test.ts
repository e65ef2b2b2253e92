import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Brand } from '@/lib/tenancy/brand'
import type { Locale } from '@/messages/words'
import { ourWording, typedOf, wordingOf } from './our-wording'
import { sampleMail } from './sample-mail'
import { checkWording, fillPlaces, type Typed, type WordedKind, type Wording, wordedKinds } from './wording'

const sender = {
  ...{ name: 'Larkfield IT', slug: 'larkfield', locale: 'en-US', timeZone: 'America/New_York' },
  brand: Brand.parse({}),
}
const nothing: Typed = { subject: '', opening: '', closing: '' }
const ours: Wording = { subject: null, opening: null, closing: null }
const locales: Locale[] = ['en-US', 'fr-CA']

function mailOf(kind: WordedKind, wording: Wording, locale: Locale = 'en-US') {
  const about = { sender, locale, today: '2026-11-20', currency: 'USD', url: 'https://pay.example' }
  return sampleMail(kind, { ...about, wording }).render()
}

test('our words are themselves words an MSP may say, and make the mail we make without any', async () => {
  for (const kind of wordedKinds)
    for (const locale of locales) {
      const checked = checkWording(kind, ourWording(kind, locale))
      expect(checked, kind).toMatchObject({ ok: true })
      const spoken = { subject: null, opening: null, closing: null, ...typedFields(ourWording(kind, locale)) }
      expect(await mailOf(kind, spoken, locale), kind).toEqual(await mailOf(kind, ours, locale))
      // What says the same as ours is not kept as theirs.
      expect(wordingOf(kind, locale, ourWording(kind, locale))).toEqual(ours)
      expect(typedOf(kind, locale, undefined)).toEqual(ourWording(kind, locale))
    }
})

/** Only what is said: an empty field is ours. */
function typedFields(typed: Typed): Partial<Typed> {
  return Object.fromEntries(Object.entries(typed).filter(([, text]) => text !== ''))
}

test('own words stand in subject and both parts, filled in', async () => {
  const { subject, html, text } = await mailOf('pay_now', {
    subject: '{invoice}: {amount}',
    opening: 'For {client}, due {due}.',
    closing: 'Thank you from {sender}.',
  })
  expect(subject).toBe('10001: $4,913.14')
  for (const part of [html, text]) {
    expect(part).toContain('For Sample Architects, due December 2.')
    expect(part).toContain('Thank you from Larkfield IT.')
    expect(part).not.toContain('Here is invoice')
  }
})

test('what the law or the truth asks for is said whatever the MSP says', async () => {
  const own = { subject: 'Ours', opening: 'All good.', closing: 'Bye.' }
  const kept: Partial<Record<WordedKind, string>> = {
    payment_on_its_way: 'It is paid when the bank clears it',
    payment_failed: 'did not go through',
    payment_returned: 'the invoice is open again',
    payment_scheduled: 'As you agreed, invoice 10001 is paid automatically',
    autopay_started: 'Here is what you agreed to; keep this copy.',
  }
  for (const kind of wordedKinds) {
    const { text } = await mailOf(kind, own)
    expect(text).toContain('All good.')
    expect(text).toContain('Bye.')
    expect(text).toContain(kept[kind] ?? '')
  }
  expect((await mailOf('payment_scheduled', own)).subject).toContain('$4,913.14')
  expect((await mailOf('autopay_started', own)).subject).toBe('Automatic payment to Larkfield IT is on')
})

test('what cannot be said gets an answer that names the cure', () => {
  const problem = (typed: Partial<Typed>, kind: WordedKind = 'pay_now') => {
    const checked = checkWording(kind, { ...ourWording(kind, 'en-US'), ...typed })
    return checked.ok ? undefined : checked.problems
  }
  expect(problem({ subject: '  ' })).toEqual({ subject: 'Say what the mail is about.' })
  expect(problem({ opening: 'Dear {clint}' })?.opening).toContain(
    '{clint} is nothing we can fill in. Here these are: {sender}',
  )
  expect(problem({ closing: '{pay-link}' })?.closing).toContain('{pay-link}')
  expect(problem({ closing: 'a } b' })?.closing).toContain('alone')
  expect(problem({ closing: '{{amount}}' })?.closing).toContain('alone')
  expect(problem({ subject: 'x'.repeat(121) })?.subject).toContain('at most 120 letters. These are 121.')
  expect(problem({ subject: 'x'.repeat(120) })).toBeUndefined()
  expect(problem({ subject: 'Hello\r\nBcc: thief@example.com' })?.subject).toContain('line break')
  expect(problem({ opening: 'left \u202eright' })?.opening).toContain('invisible')
  // Places of one mail are not those of another.
  expect(problem({ closing: 'Due {due}' }, 'payment_received')?.closing).toContain('{due}')
  expect(problem({ opening: '' }, 'payment_failed')).toBeUndefined()
})

test('a paragraph that was typed in lines becomes one', () => {
  expect(checkWording('refund_made', { ...nothing, subject: 's', opening: 'a\n\n b' })).toMatchObject({
    ok: true,
    typed: { opening: 'a b' },
  })
})

test('what is filled in is never read for places again', () => {
  expect(fillPlaces('{client} owes {amount}', { client: '{amount}', amount: '$1.00' })).toBe('{amount} owes $1.00')
  expect(fillPlaces('{client}', { client: '$&' })).toBe('$&')
})

test('whatever is typed: refused, or in the mail as text, on one line in the subject', async () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.constantFrom(
      '<script>alert(1)</script>',
      '<img src=x onerror=1>',
      '</td><a href="https://x.example">',
      '{client}',
    ),
  )
  const words = fc.record({ subject: text, opening: text, closing: text })
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...wordedKinds), words, async (kind, typed) => {
      const checked = checkWording(kind, typed)
      if (!checked.ok) return
      const { subject, html } = await mailOf(kind, wordingOf(kind, 'en-US', checked.typed))
      expect(subject).not.toMatch(/\p{Cc}/u)
      expect(html).not.toMatch(/<script|<img[^>]*onerror|x\.example"/)
    }),
    { numRuns: 40 },
  )
})
