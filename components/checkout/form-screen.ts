import { formatMoney } from '@/lib/money/format'
import { type Money, money } from '@/lib/money/money'
import type { CheckoutTerms } from '@/lib/payments/checkout-terms'
import type { PayRules } from '@/lib/payments/plan-order'
import type { Tenant } from '@/lib/tenancy/tenant'
import { type Locale, wordsIn } from '@/messages/words'
import type { CheckoutScreen, OrderFacts, OrderInvoice } from './checkout'
import { checkoutWords, otherWaysOf, waysOf } from './checkout-words'
import type { SavedWay, SavingFacts } from './saving'
import { waysIn } from './ways-in'
import type { AlreadyScheduled, WhenFacts } from './when'

/** An invoice that is offered: `payable` is what is open less what is on hold. */
export type Offered = {
  id: string
  number: string
  title: string
  isNamed: boolean
  dueOn: string
  badge: OrderInvoice['badge']
  payable: Money
  held: Money
}

export type Asked = {
  tenant: Tenant
  locale: Locale
  /** Undefined while Stripe is not connected. */
  terms: CheckoutTerms | undefined
  /** What can be paid, all in one currency, oldest first; at least one. */
  invoices: Offered[]
  currency: string
  creditMinor: bigint
  rules: PayRules
  /** A fresh UUID: it becomes the attempt’s id, and the same key never pays twice. */
  orderKey: string
  receiptEmail: string
  /** The wordings for saving and for a debit, where somebody may save. */
  saving?: SavingFacts
  saved?: SavedWay[]
  when?: WhenFacts | undefined
  scheduled?: AlreadyScheduled | undefined
  /** Said after a refusal: what is still open. */
  stillOpen: string
}

/** The payment form for these invoices as plain data, every word included; without Stripe, how else to pay. */
export function formScreen(asked: Asked): CheckoutScreen {
  const { tenant, locale, terms, invoices, currency, saving, saved = [], when, scheduled } = asked
  const numbers = invoices.map(({ number }) => number)
  const otherWays = otherWaysOf(tenant, numbers, locale)
  // A pre-authorized debit is nothing without the words it rests on.
  const types = waysIn(currency, terms?.methods ?? []).filter(
    (type) => type !== 'acss_debit' || saving?.padOnce !== undefined,
  )
  if (terms === undefined || types.length === 0)
    return { show: 'elsewhere', title: wordsIn(locale)('pay.otherWaysTitle'), otherWays }
  // Under the button stands what pressing it authorizes, in the words that are kept with the payment.
  const ways = waysOf(types, tenant.name, locale).map((way) => {
    const wording = way.type === 'card' ? undefined : way.type === 'acss_debit' ? saving?.padOnce : saving?.once
    return wording === undefined ? way : { ...way, agreement: wording.text }
  })
  return {
    show: 'form',
    facts: {
      ...{ terms, currency, locale, ways, saved, otherWays },
      ...(saving === undefined ? {} : { saving }),
      ...(when === undefined ? {} : { when }),
      ...(scheduled === undefined ? {} : { scheduled }),
      order: orderFacts(asked),
      businessName: tenant.name,
      orderKey: asked.orderKey,
      receiptEmail: asked.receiptEmail,
      words: checkoutWords(locale, asked.stillOpen, ways.length),
    },
  }
}

function orderFacts({ invoices, creditMinor, rules, locale, currency }: Asked): OrderFacts {
  const words = wordsIn(locale)
  return {
    invoices: invoices.map(({ id, number, title, isNamed, dueOn, badge, payable, held }) => ({
      ...{ invoiceId: id, number, title, isNamed, dueOn, badge, payableMinor: payable.minor.toString() },
      ...(held.minor > 0n
        ? { held: words('order.held', { amount: formatMoney(money(held.minor, currency), locale) }) }
        : {}),
    })),
    creditMinor: creditMinor.toString(),
    keepsMore: rules.keepsMore,
    chargeMinimumMinor: rules.chargeMinimumMinor.toString(),
    ...(rules.partial === undefined
      ? {}
      : {
          partial: {
            minimumMinor: rules.partial.minimumMinor.toString(),
            minimumBasisPoints: rules.partial.minimumBasisPoints,
          },
        }),
  }
}
