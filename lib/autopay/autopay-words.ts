import type { PlainDate } from '@/lib/base/clock'
import { formatMoney } from '@/lib/money/format'
import type { Money } from '@/lib/money/money'
import { isShownLately } from '@/lib/payments/agreed'
import { type Consent, type ConsentKind, consentOn } from '@/lib/payments/consent'
import { consentFacts } from '@/lib/payments/consent-facts'
import type { Tenant } from '@/lib/tenancy/tenant'
import { methodName } from '@/messages/method-name'
import { type Locale, wordsIn } from '@/messages/words'
import type { AutopayOffer } from './autopay'

type Reader = { tenant: Pick<Tenant, 'name' | 'legalName' | 'brand'>; locale: Locale }

/** The wording of a kind in force for what is offered. @param limit the words for the limit; `{limit}` leaves the place open */
export function autopayConsent(
  { tenant, locale }: Reader,
  kind: ConsentKind,
  { methodLabel }: AutopayOffer,
  on: PlainDate,
  limit: string,
): Consent {
  return consentOn(kind, on, locale, {
    ...consentFacts(tenant, locale, on),
    method: methodName(methodLabel, locale),
    limit,
  })
}

/** How far a consent goes, as it stands in its words. */
function limitWords(cap: Money | undefined, locale: Locale): string {
  const words = wordsIn(locale)
  return cap === undefined ? words('autopay.limitNone') : words('autopay.limitTo', { amount: formatMoney(cap, locale) })
}

/** The wording in force for what was chosen for one agreement: it goes as far as that agreement's invoices. */
export function agreementConsent(
  reader: Reader,
  offer: AutopayOffer,
  on: PlainDate,
  { agreement, cap }: { agreement: string; cap?: Money },
): Consent {
  const words = wordsIn(reader.locale)
  const limit =
    cap === undefined
      ? words('autopay.limitAgreement', { agreement })
      : words('autopay.limitAgreementTo', { agreement, amount: formatMoney(cap, reader.locale) })
  return autopayConsent(reader, autopayKinds(offer)[0], offer, on, limit)
}

/** The words that were agreed to, from our own data. A page that stood open too long, or shows other words, is shown again. */
export function agreedAutopay(
  reader: Reader,
  offer: AutopayOffer,
  agreed: { shownOn: PlainDate; version: string; cap?: Money },
  today: PlainDate,
): Consent | 'changed' {
  const { shownOn, version, cap } = agreed
  if (!isShownLately(shownOn, today)) return 'changed'
  const limit = limitWords(cap, reader.locale)
  const offered = autopayKinds(offer).map((kind) => autopayConsent(reader, kind, offer, shownOn, limit))
  return offered.find((consent) => consent.version === version) ?? 'changed'
}

/** The consents that can be given for what is offered, the first unless somebody chooses otherwise: fewer days of notice. */
export function autopayKinds({
  methodType,
  accountKind,
}: Pick<AutopayOffer, 'methodType' | 'accountKind'>): [ConsentKind, ...ConsentKind[]] {
  if (methodType === 'card') return ['autopay_card']
  if (methodType === 'acss_debit') return ['autopay_pad', 'autopay_pad_short']
  return [accountKind === 'business' ? 'autopay_bank_business' : 'autopay_bank_personal']
}
