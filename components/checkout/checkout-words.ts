import type { Tenant } from '@/lib/tenancy/tenant'
import { type Locale, listOf, type Words, wordsIn } from '@/messages/words'
import type { CheckoutWords, OrderWords, OtherWaysFacts, Way, WayType } from './checkout'

/** Every word of the payment form, made on the server: the browser gets sentences, not a translator. */
export function checkoutWords(locale: Locale, stillOpen: string, wayCount: number): CheckoutWords {
  const words = wordsIn(locale)
  return {
    title: words('pay.choose'),
    intro: words(wayCount > 1 ? 'pay.bankFree' : 'pay.noFee'),
    noScript: words('pay.noScript'),
    straightToStripe: words('pay.straightToStripe'),
    otherWays: words('pay.otherWays'),
    method: words('pay.method'),
    email: words('pay.email'),
    emailWrong: words('pay.emailWrong'),
    sending: words('pay.sendingLong'),
    confirming: words('pay.confirming'),
    fieldsLoading: words('pay.fieldsLoading'),
    fieldsBlocked: words('pay.fieldsBlocked'),
    loadAgain: words('pay.loadAgain'),
    stillOpen,
    ways: words('pay.ways'),
    tryAgain: words('pay.tryAgain'),
    tryAgainSub: words('pay.tryAgainSub'),
    choose: words('pay.choose1'),
    pending: words('pay.pending'),
    lost: words('pay.lost'),
    debitFree: words('pay.debitFree'),
    padNext: words('pay.padNext'),
    padClosed: words('pay.padClosed'),
    ...orderWords(words),
  }
}

function orderWords(words: Words): OrderWords {
  const amount = '{amount}'
  return {
    chooseWhat: words('order.chooseWhat'),
    chosen: words('order.chosen', { chosen: '{chosen}', all: '{all}' }),
    all: words('order.all'),
    open: words('order.open'),
    payNow: words('order.payNow'),
    byInvoice: words('order.byInvoice'),
    bySum: words('order.bySum'),
    sumLabel: words('order.sumLabel'),
    otherAmount: words('order.otherAmount'),
    amountOn: words('order.amountOn', { number: '{number}' }),
    invoices: words('order.invoices'),
    credit: words('order.credit'),
    kept: words('order.kept'),
    surcharge: words('result.surcharge'),
    toPay: words('pay.toPay'),
    left: words('order.left', { amount }),
    reason: words('order.reason', { amount }),
    reasons: {
      not_finished: words('order.reasons.not_finished'),
      price: words('order.reasons.price'),
      credit_due: words('order.reasons.credit_due'),
      agreed: words('order.reasons.agreed'),
      later: words('order.reasons.later'),
      other: words('order.reasons.other'),
    },
    reasonText: words('order.reasonText'),
    reasonMissing: words('order.reasonMissing'),
    noAmount: words('order.noAmount'),
    complaints: {
      nothing: words('order.complaints.nothing'),
      'more-than-owed': words('order.complaints.moreThanOwed', { amount }),
      'not-in-part': words('order.complaints.notInPart', { amount }),
      'below-minimum': words('order.complaints.belowMinimum', { amount }),
      'too-small': words('order.complaints.tooSmall', { amount }),
    },
    covered: words('order.covered', { amount }),
    coveredNote: words('order.coveredNote'),
    changed: words('order.changed'),
    changedLine: words('order.changedLine', { number: '{number}', before: '{before}', after: '{after}' }),
    oneInvoice: words('mail.invoiceWord', { count: 1, numbers: '{numbers}' }),
    manyInvoices: words('mail.invoiceWord', { count: 2, numbers: '{numbers}' }),
    goneLine: words('order.goneLine', { number: '{number}', before: '{before}' }),
    creditLine: words('order.creditLine', { before: '{before}', after: '{after}' }),
  }
}

/** The ways of paying that are offered; the bank leads, since it costs least. */
export function waysOf(types: readonly WayType[], businessName: string, locale: Locale): Way[] {
  const words = wordsIn(locale)
  const amount = '{amount}'
  const shared = { surchargeMinor: '0', announcement: words('pay.totalNow', { amount }) }
  const ways: Record<WayType, Way> = {
    us_bank_account: {
      ...shared,
      type: 'us_bank_account',
      name: words('pay.bank'),
      sub: words('pay.bankSub'),
      button: words('pay.payBank', { amount }),
      agreement: words('pay.authorizeBank', { amount, name: businessName }),
      notCharged: words('pay.notChargedBank'),
      choose: words('pay.useBank'),
      chooseOther: words('pay.useOtherBank'),
    },
    acss_debit: {
      ...shared,
      type: 'acss_debit',
      name: words('pay.pad'),
      sub: words('pay.padSub'),
      button: words('pay.payPad', { amount }),
      agreement: '',
      notCharged: words('pay.notChargedBank'),
      choose: words('pay.usePad'),
      chooseOther: words('pay.useOtherBank'),
    },
    card: {
      ...shared,
      type: 'card',
      name: words('pay.card'),
      sub: words('pay.cardSub'),
      button: words('pay.payCard', { amount }),
      agreement: words('pay.authorizeCard', { amount, name: businessName }),
      notCharged: words('pay.notChargedCard'),
      choose: words('pay.useCard'),
      chooseOther: words('pay.useOther'),
    },
  }
  const inOrder = ['us_bank_account', 'acss_debit', 'card'] as const
  return inOrder.filter((type) => types.includes(type)).map((type) => ways[type])
}

/** How to pay by check or wire: what the MSP wrote about it, else whom to ask. */
export function otherWaysOf({ name, brand }: Tenant, numbers: string[], locale: Locale): OtherWaysFacts {
  const words = wordsIn(locale)
  const number = listOf(numbers, locale)
  return brand.payByCheck === ''
    ? { text: words('pay.otherWaysNone', { name, number }) }
    : { text: brand.payByCheck, note: words('pay.otherWaysNumber', { number }) }
}
