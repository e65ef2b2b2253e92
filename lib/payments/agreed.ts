import { addDays, type PlainDate } from '@/lib/base/clock'
import type { Money } from '@/lib/money/money'
import type { Tenant } from '@/lib/tenancy/tenant'
import type { Locale } from '@/messages/words'
import { type AccountKind, type Consent, type ConsentKind, consentOn, consentToSave } from './consent'
import { consentFacts } from './consent-facts'

/** What a page says somebody agreed to: never the words themselves, only which ones they were shown, and when. */
export type Agreed = {
  /** The date the words bore. */
  shownOn: PlainDate
  /** The version of the words for this one debit. */
  once?: string
  /** Set when the box was ticked. */
  save?: { version: string; type: string; accountKind?: AccountKind }
}

type Facts = { tenant: Pick<Tenant, 'name' | 'legalName' | 'brand' | 'settings'>; locale: Locale; today: PlainDate }

/**
 * The words that were agreed to, from our own data. A page that shows older words than those in force, or none we know,
 * must be shown again first.
 */
export function onceAgreed(
  kind: 'bank_once' | 'pad_once',
  agreed: Agreed,
  facts: Facts,
  of: { amount: Money; numbers: string[] },
): Consent | 'changed' {
  return worded(kind, agreed.once ?? '', agreed, facts, of)
}

/** Whose account it is, as the words that were agreed to say: a pre-authorized debit is a business's. */
export function holderOf(save: Agreed['save']): AccountKind | undefined {
  return save?.type === 'acss_debit' ? 'business' : save?.accountKind
}

/** Where nothing may be saved any more, a page that still offered it is shown again too. */
export function saveAgreed(agreed: Agreed, facts: Facts): Consent | 'changed' {
  if (!facts.tenant.settings.portal.saving) return 'changed'
  const kind = agreed.save === undefined ? undefined : consentToSave(agreed.save.type, agreed.save.accountKind)
  return kind === undefined ? 'changed' : worded(kind, agreed.save?.version ?? '', agreed, facts)
}

function worded(
  kind: ConsentKind,
  version: string,
  { shownOn }: Agreed,
  { tenant, locale, today }: Facts,
  of?: { amount: Money; numbers: string[] },
): Consent | 'changed' {
  if (!isShownLately(shownOn, today)) return 'changed'
  const consent = consentOn(kind, shownOn, locale, consentFacts(tenant, locale, shownOn, of))
  return consent.version === version ? consent : 'changed'
}

/** A page may stand open over midnight, and anywhere on earth it may be a day earlier or later than here. */
export function isShownLately(shownOn: PlainDate, today: PlainDate): boolean {
  return shownOn >= addDays(today, -1) && shownOn <= addDays(today, 1)
}
