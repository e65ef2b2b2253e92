import 'server-only'
import type { AutopayFacts } from '@/components/checkout/checkout'
import type { Actor } from '@/lib/access/actor'
import { autopayConsent } from '@/lib/autopay/autopay-words'
import { offerAutopay } from '@/lib/autopay/offer-autopay'
import type { PlainDate } from '@/lib/base/clock'
import { formatMoney } from '@/lib/money/format'
import { noticeDaysOf } from '@/lib/payments/consent'
import type { Tenant } from '@/lib/tenancy/tenant'
import { type Locale, wordsIn } from '@/messages/words'

type Reader = { tenant: Tenant; locale: Locale; today: PlainDate }

/** What a payment that went through leaves to offer; nothing where it may not be charged by itself. */
export async function autopayOffered(
  actor: Actor,
  attemptId: string,
  { tenant, locale, today }: Reader,
  manageHref?: string,
): Promise<AutopayFacts | undefined> {
  const offer = await offerAutopay(actor, attemptId)
  if (offer === undefined) return undefined
  const words = wordsIn(locale)
  const { methodLabel: method, live, currency } = offer
  if (live !== undefined) {
    const amount = live.cap === undefined ? undefined : formatMoney(live.cap, locale)
    return {
      is: 'on',
      title: words('autopay.on'),
      text: amount === undefined ? words('autopay.onText', { method }) : words('autopay.onTextCap', { method, amount }),
      ...(manageHref === undefined ? {} : { manage: { href: manageHref, text: words('autopay.manage') } }),
    }
  }
  const { version, text } = autopayConsent({ tenant, locale }, offer, today, '{limit}')
  return {
    is: 'offered',
    title: words('autopay.title'),
    question: words('autopay.question', { method }),
    notice: words('autopay.notice', { days: noticeDaysOf(offer.accountKind) }),
    ...{ currency, locale, version, shownOn: today, consent: text },
    limitNone: words('autopay.limitNone'),
    limitTo: words('autopay.limitTo', { amount: '{amount}' }),
    words: {
      cap: words('autopay.cap'),
      capHint: words('autopay.capHint'),
      capWrong: words('autopay.capWrong'),
      agreement: words('autopay.agreement'),
      button: words('autopay.button'),
      turning: words('autopay.turning'),
      lost: words('autopay.lost'),
      record: words('autopay.record'),
    },
  }
}
