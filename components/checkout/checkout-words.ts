import { formatMoney } from '@/lib/money/format'
import type { Money } from '@/lib/money/money'
import type { Tenant } from '@/lib/tenancy/tenant'
import { type Locale, listOf, wordsIn } from '@/messages/words'
import type { CheckoutWords, OtherWaysFacts, Way, WayType } from './checkout'

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
  }
}

/** The ways of paying that are offered, each with what it comes to; the bank leads. */
export function waysOf(types: readonly WayType[], total: Money, businessName: string, locale: Locale): Way[] {
  const words = wordsIn(locale)
  const amount = formatMoney(total, locale)
  const shared = { total: amount, announcement: words('pay.totalNow', { amount }) }
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
  return (['us_bank_account', 'card'] as const).filter((type) => types.includes(type)).map((type) => ways[type])
}

/** How to pay by check or wire: what the MSP wrote about it, else whom to ask. */
export function otherWaysOf({ name, brand }: Tenant, numbers: string[], locale: Locale): OtherWaysFacts {
  const words = wordsIn(locale)
  const number = listOf(numbers, locale)
  return brand.payByCheck === ''
    ? { text: words('pay.otherWaysNone', { name, number }) }
    : { text: brand.payByCheck, note: words('pay.otherWaysNumber', { number }) }
}
