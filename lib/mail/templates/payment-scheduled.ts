import type { PlainDate } from '@/lib/base/clock'
import { formatMoney } from '@/lib/money/format'
import { formatDay } from '@/messages/date'
import { wordsIn } from '@/messages/words'
import type { Letter, Rendered } from '../letter'
import { renderLetter } from '../render-letter'
import { greeting, invoicesOf, type PaymentFacts, paymentRows } from './facts'
import { inOwnWords, valuesOfPayment, valuesOfScheduled } from './own-words'

export type PaymentScheduledFacts = PaymentFacts & {
  runOn: PlainDate
  isBank: boolean
  isAutomatic: boolean
  /** It takes the place of a notice whose credit has been used since. */
  isAgain: boolean
}

/**
 * A payment was set for a date, or moved to another: what is charged, when, to what, and how to change it. Where it
 * follows from a standing consent this is its notice.
 */
export function paymentScheduled(facts: PaymentScheduledFacts): Promise<Rendered> {
  const { sender, locale, today, runOn, isBank, isAutomatic } = facts
  const words = wordsIn(locale)
  const invoices = invoicesOf(
    facts.allocations.map(({ number }) => number),
    locale,
  )
  const amount = formatMoney(facts.amount, locale)
  const date = formatDay(runOn, locale, 'prose', today)
  const own = inOwnWords(facts, 'payment_scheduled', valuesOfScheduled(facts))
  const isCovered = facts.amount.minor === 0n
  const credit = formatMoney(facts.credit, locale)
  const subject = isCovered
    ? 'mail.autopay.subjectCovered'
    : isAutomatic
      ? 'mail.autopay.subject'
      : 'mail.scheduled.subject'
  const letter: Letter = {
    locale,
    subject: words(subject, { name: sender.name, amount, date, invoices }),
    preview: words(isAutomatic ? 'mail.autopay.preview' : 'mail.scheduled.preview', { invoices }),
    blocks: [
      ...greeting(facts),
      ...own.opening(
        isAutomatic
          ? words(introOf(facts), { date, invoices, credit })
          : words(isBank ? 'mail.scheduled.introBank' : 'mail.scheduled.introCard', { date, invoices }),
      ),
      ...(facts.isAgain ? [{ is: 'paragraph' as const, text: words('mail.autopay.again') }] : []),
      isCovered
        ? { is: 'amount', text: credit, under: words('mail.autopay.underCovered', { date }) }
        : { is: 'amount', text: amount, under: words('mail.scheduled.under', { date }) },
      { is: 'rows', rows: paymentRows(facts) },
      { is: 'button', label: words(isAutomatic ? 'mail.autopay.button' : 'mail.scheduled.button'), url: facts.url },
      ...own.closing,
      { is: 'paragraph', text: words('mail.question') },
    ],
    foot: [
      words('mail.scheduled.foot'),
      ...(facts.credit.minor > 0n ? [words('mail.autopay.creditFoot')] : []),
      ...(isAutomatic ? [words('mail.autopay.foot')] : []),
    ],
  }
  return renderLetter(letter, sender)
}

function introOf({ amount, credit }: PaymentScheduledFacts) {
  if (amount.minor === 0n) return 'mail.autopay.introCovered'
  return credit.minor > 0n ? 'mail.autopay.introCredit' : 'mail.autopay.intro'
}

/** A payment that was set could not be made: why, and the way to pay all the same. */
export function scheduledNotMade(
  facts: Omit<PaymentScheduledFacts, 'isAgain'> & { reason: string },
): Promise<Rendered> {
  const { sender, locale, today, runOn } = facts
  const words = wordsIn(locale)
  const invoices = invoicesOf(
    facts.allocations.map(({ number }) => number),
    locale,
  )
  const amount = formatMoney(facts.amount, locale)
  const own = inOwnWords(facts, 'payment_failed', valuesOfPayment(facts))
  const letter: Letter = {
    locale,
    subject: own.subject(words('mail.notMade.subject', { name: sender.name, amount, invoices })),
    preview: words('mail.notMade.preview'),
    blocks: [
      ...greeting(facts),
      ...own.opening(words('mail.notMade.intro', { invoices, date: formatDay(runOn, locale, 'prose', today) })),
      { is: 'amount', text: amount, under: words('mail.notMade.under') },
      { is: 'notice', title: words('mail.failed.whatTitle'), text: facts.reason },
      { is: 'button', label: words('mail.failed.button'), url: facts.url },
      ...own.closing,
      { is: 'paragraph', text: words('mail.question') },
    ],
    foot: [words('mail.safety')],
  }
  return renderLetter(letter, sender)
}
