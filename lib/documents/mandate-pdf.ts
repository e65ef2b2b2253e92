import 'server-only'
import type { PlainDate } from '@/lib/base/clock'
import { formatInstant } from '@/messages/date'
import { methodName } from '@/messages/method-name'
import { type Locale, wordsIn } from '@/messages/words'
import { footOf, type Issuer, letterheadOf } from './issuer'
import { Sheet } from './sheet'

export type MandateDocument = {
  issuer: Issuer
  locale: Locale
  today: PlainDate
  at: Date
  mandate: {
    id: string
    clientName: string
    kind:
      | 'bank_once'
      | 'pad_once'
      | 'bank_saved_business'
      | 'bank_saved_personal'
      | 'pad_saved'
      | 'card_saved'
      | 'autopay_card'
      | 'autopay_bank_business'
      | 'autopay_bank_personal'
      | 'autopay_pad'
      | 'autopay_pad_short'
    label?: string
    text: string
    textVersion: string
    acceptedAt: Date
    acceptedIp: string
    userAgent: string
    givenBy: string
    givenByName: string
    revokedAt?: Date
    /** The processor's id of it. */
    mandateId?: string
  }
}

/** The proof of a consent: what was agreed to word for word, for what, by whom, when and from where. */
export function mandatePdf({ issuer, locale, at, mandate }: MandateDocument): Promise<Buffer> {
  const words = wordsIn(locale)
  const title = words('document.authorization')
  const number = mandate.id.slice(-12)
  const whoGave = mandate.givenByName || words(mandate.givenBy === 'checkout' ? 'methods.bySite' : 'methods.byLink')
  const instant = (of: Date) => formatInstant(of, locale, issuer.timeZone)
  const sheet = new Sheet({ title: `${title} ${number}, ${issuer.name}`, author: issuer.name, language: locale, at })
  sheet.letterhead(letterheadOf(issuer))
  sheet.title(title, words(`methods.kind.${mandate.kind}`))
  sheet.facts([
    { label: words('document.givenFor'), value: mandate.clientName },
    { label: words('document.givenOn'), value: mandate.label === undefined ? '–' : methodName(mandate.label, locale) },
    { label: words('document.givenAt'), value: instant(mandate.acceptedAt) },
  ])
  sheet.paragraph(mandate.text)
  sheet.table(
    [
      { heading: words('document.record'), width: 180 },
      { heading: '', width: 0 },
    ],
    [
      [words('document.givenBy'), whoGave],
      [words('document.address'), mandate.acceptedIp || '–'],
      [words('document.browser'), mandate.userAgent || '–'],
      [words('document.version'), mandate.textVersion],
      ...(mandate.mandateId === undefined ? [] : [[words('document.stripeMandate'), mandate.mandateId]]),
      [
        words('document.withdrawn'),
        mandate.revokedAt === undefined ? words('document.inForce') : instant(mandate.revokedAt),
      ],
    ].map(([name = '', value = '']) => [{ text: name }, { text: value }]),
  )
  return sheet.finish({
    left: footOf(issuer, (contact) => words('document.questions', { contact })),
    right: [words('document.reference', { reference: mandate.id })],
    page: (page, pages) => words('document.page', { page: String(page), pages: String(pages) }),
    running: (page, pages) => words('document.running', { title, number, page: String(page), pages: String(pages) }),
  })
}
