import type { PlainDate } from '@/lib/base/clock'
import { formatMoney } from '@/lib/money/format'
import { type Money, minus, zero } from '@/lib/money/money'
import type { AttemptView } from '@/lib/payments/attempt'
import type { CheckoutTerms } from '@/lib/payments/checkout-terms'
import type { CreditUse } from '@/lib/payments/credit-use'
import { formatDay, formatInstant } from '@/messages/date'
import { methodName } from '@/messages/method-name'
import { type Locale, listOf, wordsIn } from '@/messages/words'
import type { CheckoutScreen, OutcomeFacts, OutcomeShow, SumFact } from './checkout'
import { phraseOf, strong } from './phrase'
import { verifyWords } from './verify-words'

/** How a payment can stand; credit alone makes none. */
export type AttemptShow = Exclude<OutcomeShow, 'covered'>

type Asked = {
  show: AttemptShow
  attempt: AttemptView
  locale: Locale
  /** The MSP, as its clients know it. */
  msp: string
  timeZone: string
  today: PlainDate
  /** The day it went out, in the MSP’s zone. */
  sentOn: PlainDate
  terms: CheckoutTerms | undefined
  /** The number the receipt goes by, and where its PDF lies. */
  receipt: { number: string; href: string }
}

/** How one payment stands, as plain data. Nothing says “paid” before the money has moved. */
export function outcomeScreen(asked: Asked): CheckoutScreen {
  const facts = { show: asked.show, attemptId: asked.attempt.id, ...partsOf(asked) }
  return { show: 'outcome', facts }
}

/** Invoices that credit alone has paid. */
export function coveredScreen(use: CreditUse, locale: Locale): CheckoutScreen {
  const words = wordsIn(locale)
  const numbers = use.invoices.map(({ number }) => number)
  const invoices = words('result.invoices', { count: numbers.length, numbers: listOf(numbers, locale) })
  const amount = formatMoney(use.amount, locale)
  return {
    show: 'outcome',
    facts: {
      show: 'covered',
      attemptId: use.orderId,
      title: words('order.coveredTitle'),
      text: phraseOf(words.markup('order.coveredText', { amount, invoices, ...strong })),
      sums: [
        ...use.invoices.map((one): SumFact => {
          const label = words('result.invoice', { number: one.number })
          return { key: one.invoiceId, label, text: formatMoney(one.amount, locale), weight: 'quiet' }
        }),
        { key: 'total', label: words('order.creditUsed'), text: amount, weight: 'total' },
      ],
    },
  }
}

/** What the one region that is read out says. */
export function statusText(show: AttemptShow, locale: Locale): string {
  return wordsIn(locale)(`result.status.${show === 'verify' ? 'confirm' : show}`)
}

function partsOf(asked: Asked): Omit<OutcomeFacts, 'show' | 'attemptId'> {
  const { attempt, locale, terms } = asked
  const words = wordsIn(locale)
  const isAgreement = attempt.waitsFor === 'agreement'
  switch (asked.show) {
    case 'paid':
      return paid(asked)
    case 'on-its-way':
      return onItsWay(asked)
    case 'checking':
      return {
        title: words('result.checkingTitle'),
        text: phraseOf(words.markup('result.checkingText', { amount: formatMoney(attempt.amount, locale), ...strong })),
        sums: sumsOf(attempt, words('portal.total'), locale),
        foot: { text: words('result.checkingNext') },
      }
    case 'confirm':
      return {
        title: words(isAgreement ? 'result.agreeTitle' : 'result.confirmTitle'),
        text: [words(isAgreement ? 'result.agreeText' : 'result.confirmText')],
        sums: isAgreement ? sumsOf(attempt, words('portal.total'), locale) : [],
        ...(terms === undefined
          ? {}
          : {
              confirm: {
                ...{ terms, locale },
                button: words(isAgreement ? 'result.agreeButton' : 'result.confirmButton'),
                ...(isAgreement ? { giveUp: words('result.agreeOther') } : {}),
                sending: words('pay.confirming'),
                blocked: words('pay.fieldsBlocked'),
              },
            }),
      }
    case 'verify':
      return {
        title: words('result.verifyTitle'),
        text: [words('result.verifyText', { method: nameOf(attempt, locale) ?? words('result.verifyMethod') })],
        sums: [],
        verify: verifyWords(locale),
      }
  }
}

function nameOf({ methodLabel }: Asked['attempt'], locale: Locale): string | undefined {
  return methodLabel && methodName(methodLabel, locale)
}

function paid({ attempt, locale, msp, timeZone, receipt }: Asked): Omit<OutcomeFacts, 'show' | 'attemptId'> {
  const words = wordsIn(locale)
  const methodLabel = nameOf(attempt, locale)
  const { receiptEmail, succeededAt = attempt.stateAt } = attempt
  const thanks = words.markup('result.paidText', {
    ...{ name: msp, amount: formatMoney(attempt.amount, locale), invoices: invoicesOf(attempt, locale) },
    ...strong,
  })
  const mailed = receiptEmail === undefined ? [] : [words('result.paidReceipt', { email: receiptEmail })]
  const total =
    methodLabel === undefined ? words('result.paidByUnknown') : words('result.paidBy', { method: methodLabel })
  const time = formatInstant(succeededAt, locale, timeZone)
  return {
    title: words('result.paidTitle'),
    text: phraseOf(thanks, ...mailed),
    sums: sumsOf(attempt, total, locale),
    foot: {
      text: words('result.receipt', { number: receipt.number, time }),
      link: { href: receipt.href, text: words('result.receiptPdf') },
    },
  }
}

function onItsWay({ attempt, locale, sentOn, today }: Asked): Omit<OutcomeFacts, 'show' | 'attemptId'> {
  const words = wordsIn(locale)
  const methodLabel = nameOf(attempt, locale)
  const { clearsOn } = attempt
  const days = words(attempt.methodType === 'acss_debit' ? 'result.daysPad' : 'result.daysBank')
  const values = { amount: formatMoney(attempt.amount, locale), days, ...strong }
  const day = (on: PlainDate) => formatDay(on, locale, 'table', today)
  return {
    title: words('result.wayTitle'),
    text: phraseOf(
      methodLabel === undefined
        ? words.markup('result.wayTextPlain', values)
        : words.markup('result.wayText', { ...values, method: methodLabel }),
    ),
    sums: sumsOf(attempt, methodLabel ?? words('portal.total'), locale),
    steps: [
      { name: words('result.stepSent'), state: 'done', text: day(sentOn) },
      { name: words('result.stepClearing'), state: 'now', text: words('result.stepInProgress') },
      {
        name: words('result.stepPaid'),
        state: 'next',
        text: clearsOn === undefined ? '' : words('result.stepBy', { date: day(clearsOn) }),
      },
    ],
    foot: { text: words('result.wayFoot', { invoices: invoicesOf(attempt, locale) }) },
  }
}

function invoicesOf({ allocations }: AttemptView, locale: Locale): string {
  const numbers = allocations.map(({ number }) => number)
  return wordsIn(locale)('result.invoices', { count: numbers.length, numbers: listOf(numbers, locale) })
}

/** What a payment is made of, adding up to what is charged. */
function sumsOf(
  { allocations, credit, kept, surcharge, amount }: AttemptView,
  total: string,
  locale: Locale,
): SumFact[] {
  const words = wordsIn(locale)
  const row = (key: string, label: string, of: Money): SumFact[] =>
    of.minor === 0n ? [] : [{ key, label, text: formatMoney(of, locale), weight: 'quiet' }]
  return [
    ...allocations.map((one): SumFact => {
      const label = words('result.invoice', { number: one.number })
      return { key: one.invoiceId, label, text: formatMoney(one.amount, locale), weight: 'quiet' }
    }),
    ...row('credit', words('order.credit'), minus(zero(credit.currency), credit)),
    ...row('kept', words('order.kept'), kept),
    {
      key: 'fee',
      label: words(surcharge.minor > 0n ? 'result.surcharge' : 'result.fee'),
      text: formatMoney(surcharge, locale),
      weight: 'quiet',
    },
    { key: 'total', label: total, text: formatMoney(amount, locale), weight: 'total' },
  ]
}
