import { type Locale, wordsIn } from '@/messages/words'
import { type Typed, type WordedKind, type Wording, wordingTerms } from './wording'

const by = { name: '{sender}', amount: '{amount}', invoices: '{invoices}' }

/** Our words as an MSP would type them, with the places in them: what a form begins with, and goes back to. */
export function ourWording(kind: WordedKind, locale: Locale): Typed {
  const words = wordsIn(locale)
  switch (kind) {
    case 'pay_now':
      return {
        subject: words('mail.payNow.subject', { ...by, number: '{invoice}', date: '{due}' }),
        opening: words('mail.payNow.intro', { number: '{invoice}', client: '{client}' }),
        closing: '',
      }
    case 'payment_received':
      return { subject: words('mail.received.subject', by), opening: words('mail.received.intro', by), closing: '' }
    case 'refund_made':
      return { subject: words('mail.refund.subject', by), opening: words('mail.refund.intro', by), closing: '' }
    case 'payment_on_its_way':
      return { ...nothing, subject: words('mail.onItsWay.subject', by) }
    case 'payment_failed':
      return { ...nothing, subject: words('mail.failed.subject', by) }
    case 'payment_returned':
      return { ...nothing, subject: words('mail.returned.subject', by) }
    case 'payment_scheduled':
    case 'autopay_started':
      return nothing
  }
}

const nothing: Typed = { subject: '', opening: '', closing: '' }

/** What is kept of what was typed: what says the same as ours stays ours, and improves with it. */
export function wordingOf(kind: WordedKind, locale: Locale, typed: Typed): Wording {
  const ours = ourWording(kind, locale)
  const own = (field: keyof Typed) => (typed[field] === '' || typed[field] === ours[field] ? null : typed[field])
  return {
    subject: wordingTerms[kind].keepsSubject ? null : own('subject'),
    opening: own('opening'),
    closing: own('closing'),
  }
}

/** The words that hold, as a form shows them. */
export function typedOf(kind: WordedKind, locale: Locale, wording: Wording | undefined): Typed {
  const ours = ourWording(kind, locale)
  return {
    subject: wording?.subject ?? ours.subject,
    opening: wording?.opening ?? ours.opening,
    closing: wording?.closing ?? ours.closing,
  }
}
