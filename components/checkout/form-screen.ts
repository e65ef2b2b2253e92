import type { Money } from '@/lib/money/money'
import { sum } from '@/lib/money/money'
import type { CheckoutTerms } from '@/lib/payments/checkout-terms'
import type { Tenant } from '@/lib/tenancy/tenant'
import { type Locale, wordsIn } from '@/messages/words'
import type { CheckoutScreen } from './checkout'
import { checkoutWords, otherWaysOf, waysOf } from './checkout-words'
import type { SavedWay, SavingFacts } from './saving'
import type { AlreadyScheduled, WhenFacts } from './when'

type Asked = {
  tenant: Tenant
  locale: Locale
  /** Undefined while Stripe is not connected. */
  terms: CheckoutTerms | undefined
  /** What is to be paid, all in one currency; at least one. */
  invoices: { id: string; number: string; balance: Money }[]
  currency: string
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
  if (terms === undefined || terms.methods.length === 0)
    return { show: 'elsewhere', title: wordsIn(locale)('pay.otherWaysTitle'), otherWays }
  const total = sum(
    invoices.map(({ balance }) => balance),
    currency,
  )
  // Under the button stands what pressing it authorizes, in the words that are kept with the payment.
  const ways = waysOf(terms.methods, total, tenant.name, locale).map((way) =>
    way.type === 'us_bank_account' && saving?.once !== undefined ? { ...way, agreement: saving.once.text } : way,
  )
  return {
    show: 'form',
    facts: {
      ...{ terms, currency, locale, ways, saved, otherWays },
      ...(saving === undefined ? {} : { saving }),
      ...(when === undefined ? {} : { when }),
      ...(scheduled === undefined ? {} : { scheduled }),
      amountMinor: Number(total.minor),
      businessName: tenant.name,
      orderKey: asked.orderKey,
      shown: invoices.map(({ id, balance }) => ({ invoiceId: id, minor: balance.minor.toString() })),
      receiptEmail: asked.receiptEmail,
      words: checkoutWords(locale, asked.stillOpen, ways.length),
    },
  }
}
