import 'server-only'
import type { AutopayFacts } from '@/components/checkout/checkout'
import type { Actor } from '@/lib/access/actor'
import type { AutopayOffer, AutopaySource } from '@/lib/autopay/autopay'
import { autopayConsent, autopayKinds } from '@/lib/autopay/autopay-words'
import { offerAutopay } from '@/lib/autopay/offer-autopay'
import type { PlainDate } from '@/lib/base/clock'
import { formatMoney } from '@/lib/money/format'
import { type ConsentKind, noticeDaysOf } from '@/lib/payments/consent'
import type { Tenant } from '@/lib/tenancy/tenant'
import { methodName } from '@/messages/method-name'
import { type Locale, wordsIn } from '@/messages/words'

type Reader = { tenant: Tenant; locale: Locale; today: PlainDate }

/** What a payment that went through leaves to offer, or a saved method; nothing where it may not be charged by itself. */
export async function autopayOffered(
  actor: Actor,
  source: AutopaySource,
  reader: Reader,
  manageHref?: string,
): Promise<AutopayFacts | undefined> {
  const offer = await offerAutopay(actor, source)
  if (offer === undefined) return undefined
  if (offer.live === undefined) return inWords(offer, reader)
  const { locale } = reader
  const words = wordsIn(locale)
  const { live } = offer
  const method = methodName(offer.methodLabel, locale)
  const amount = live.cap === undefined ? undefined : formatMoney(live.cap, locale)
  return {
    is: 'on',
    title: words('autopay.on'),
    text: amount === undefined ? words('autopay.onText', { method }) : words('autopay.onTextCap', { method, amount }),
    ...(manageHref === undefined ? {} : { manage: { href: manageHref, text: words('autopay.manage') } }),
  }
}

type Offered = Extract<AutopayFacts, { is: 'offered' }>

function inWords(offer: AutopayOffer, { tenant, locale, today }: Reader): Offered {
  const words = wordsIn(locale)
  const [kind, short] = autopayKinds(offer)
  const wording = (of: ConsentKind) => {
    const { version, text } = autopayConsent({ tenant, locale }, of, offer, today, '{limit}')
    return { version, consent: text, notice: words('autopay.notice', { days: noticeDaysOf(of) }) }
  }
  const { notice, ...agreed } = wording(kind)
  return {
    is: 'offered',
    title: words('autopay.title'),
    question: words('autopay.question', { method: methodName(offer.methodLabel, locale) }),
    notice: [
      notice,
      ...(offer.replaces === undefined
        ? []
        : [words('autopay.replacing', { method: methodName(offer.replaces.methodLabel, locale) })]),
    ].join(' '),
    ...{ currency: offer.currency, locale, shownOn: today, ...agreed },
    ...(offer.replaces === undefined ? {} : { replaces: offer.replaces.id }),
    ...(short === undefined ? {} : { short: { ...wording(short), choose: words('autopay.short') } }),
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
