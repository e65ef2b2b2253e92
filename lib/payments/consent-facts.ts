import type { PlainDate } from '@/lib/base/clock'
import { formatMoney } from '@/lib/money/format'
import type { Money } from '@/lib/money/money'
import type { Tenant } from '@/lib/tenancy/tenant'
import { formatDay } from '@/messages/date'
import { type Locale, listOf, wordsIn } from '@/messages/words'
import type { ConsentFacts } from './consent'

type Msp = Pick<Tenant, 'name' | 'legalName' | 'brand'>

/** The facts of a wording. A consent names who may debit by the name they are registered under. */
export function consentFacts(
  tenant: Msp,
  locale: Locale,
  on: PlainDate,
  once?: { amount: Money; numbers: readonly string[] },
): ConsentFacts {
  const { supportEmail, supportPhone } = tenant.brand
  const words = wordsIn(locale)
  return {
    name: tenant.legalName === '' ? tenant.name : tenant.legalName,
    contact: supportEmail || supportPhone || tenant.name,
    date: formatDay(on, locale, 'document', '0000-01-01'),
    ...(once === undefined
      ? {}
      : {
          amount: formatMoney(once.amount, locale),
          invoices: words('mail.invoiceWord', { count: once.numbers.length, numbers: listOf(once.numbers, locale) }),
        }),
  }
}
