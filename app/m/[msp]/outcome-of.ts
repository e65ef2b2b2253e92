import type { AutopayFacts, CheckoutScreen } from '@/components/checkout/checkout'
import { type AttemptShow, outcomeScreen } from '@/components/checkout/outcome-screen'
import { type PlainDate, todayIn } from '@/lib/base/clock'
import { receiptNumber } from '@/lib/documents/receipt-number'
import type { AttemptView } from '@/lib/payments/attempt'
import type { CheckoutTerms } from '@/lib/payments/checkout-terms'
import type { Tenant } from '@/lib/tenancy/tenant'
import type { Locale } from '@/messages/words'

type Asked = {
  show: AttemptShow
  attempt: AttemptView
  tenant: Tenant
  locale: Locale
  today: PlainDate
  terms: CheckoutTerms | undefined
  receiptHref: string
  /** What it leaves to offer. */
  autopay?: AutopayFacts | undefined
}

/** How one payment stands, for the checkout to show. */
export function outcomeOf({
  show,
  attempt,
  tenant,
  locale,
  today,
  terms,
  receiptHref,
  autopay,
}: Asked): CheckoutScreen {
  const screen = outcomeScreen({
    ...{ show, attempt, locale, today, terms },
    msp: tenant.name,
    timeZone: tenant.timeZone,
    sentOn: todayIn(tenant.timeZone, attempt.createdAt),
    receipt: { number: receiptNumber(attempt.id), href: receiptHref },
  })
  return screen.show === 'outcome' && autopay !== undefined
    ? { ...screen, facts: { ...screen.facts, autopay } }
    : screen
}
