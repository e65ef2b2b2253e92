import { formatMoney } from '@/lib/money/format'
import type { Money } from '@/lib/money/money'
import { type Locale, wordsIn } from '@/messages/words'
import type { Letter, Rendered, Sender } from '../letter'
import { renderLetter } from '../render-letter'
import { invoicesOf } from './facts'

export type StaffNoticeFacts = {
  what: 'failed' | 'returned' | 'disputed'
  sender: Sender
  locale: Locale
  clientName: string
  amount: Money
  /** Invoice numbers. */
  numbers: string[]
  reason: string
  /** The payment in the console. */
  url: string
}

/** Tells the MSP's finance staff that money they counted on is not coming. */
export function staffNotice(facts: StaffNoticeFacts): Promise<Rendered> {
  const { what, sender, locale, clientName } = facts
  const words = wordsIn(locale)
  const amount = formatMoney(facts.amount, locale)
  const invoices = invoicesOf(facts.numbers, locale)
  const letter: Letter = {
    locale,
    subject: words(`mail.staff.${what}`, { amount, client: clientName }),
    preview: words('mail.staff.preview', { invoices: invoices.charAt(0).toUpperCase() + invoices.slice(1) }),
    blocks: [
      { is: 'paragraph', text: words('mail.staff.intro', { client: clientName, invoices }) },
      {
        is: 'amount',
        text: amount,
        under: words(what === 'disputed' ? 'mail.staff.underDisputed' : 'mail.staff.under'),
      },
      { is: 'notice', title: words('mail.staff.whatTitle'), text: facts.reason },
      { is: 'button', label: words('mail.staff.button'), url: facts.url },
    ],
    foot: [],
  }
  return renderLetter(letter, sender)
}
