import 'server-only'
import type { Offered } from '@/components/checkout/form-screen'
import type { PlainDate } from '@/lib/base/clock'
import type { Offer } from '@/lib/payments/payable-invoices'
import { type Locale, wordsIn } from '@/messages/words'
import { invoiceStatusWord } from './(portal)/invoice-status'

/** An offer as the checkout takes it: each invoice under what it is for, with the word for how it stands. */
export function offeredOf({ invoices }: Offer, locale: Locale, today: PlainDate): Offered[] {
  const words = wordsIn(locale)
  return invoices.map(({ invoice, payable, held }) => {
    const { id, number, agreementName, dueOn } = invoice
    const { status, word } = invoiceStatusWord(invoice, locale, today)
    const title = agreementName ?? `${words('portal.invoice')} ${number}`
    const isNamed = agreementName !== undefined
    return { id, number, title, isNamed, dueOn, badge: { is: status, word }, payable, held }
  })
}
