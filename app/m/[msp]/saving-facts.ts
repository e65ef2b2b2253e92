import type { SavedWay, SavingFacts, WordingFacts } from '@/components/checkout/saving'
import { waysIn } from '@/components/checkout/ways-in'
import type { PlainDate } from '@/lib/base/clock'
import { type ConsentKind, consentOn } from '@/lib/payments/consent'
import { consentFacts } from '@/lib/payments/consent-facts'
import { type MethodView, standingOfMethod } from '@/lib/payments/method'
import type { Tenant } from '@/lib/tenancy/tenant'
import { formatDay } from '@/messages/date'
import { methodName } from '@/messages/method-name'
import { type Locale, listOf, wordsIn } from '@/messages/words'
import { methodProblem } from './method-words'

type Reader = { tenant: Tenant; locale: Locale; today: PlainDate }

/** The wordings in force today, in the reader's language, for a page that offers saving. */
export function savingFacts({ tenant, locale, today }: Reader, company: string, isForOrder = false): SavingFacts {
  const words = wordsIn(locale)
  const wording = (kind: ConsentKind): WordingFacts => {
    const { version, text } = consentOn(kind, today, locale, {
      ...consentFacts(tenant, locale, today),
      ...(isForOrder ? { amount: '{amount}', invoices: '{invoices}' } : {}),
    })
    return { version, text }
  }
  return {
    shownOn: today,
    isOffered: tenant.settings.portal.saving,
    ...(isForOrder ? { once: wording('bank_once'), padOnce: wording('pad_once') } : {}),
    card: wording('card_saved'),
    business: wording('bank_saved_business'),
    personal: wording('bank_saved_personal'),
    pad: wording('pad_saved'),
    words: {
      title: words('save.title'),
      whose: words('save.whose'),
      aBusiness: words('save.aBusiness'),
      aPerson: words('save.aPerson'),
      agreeCard: words('save.agreeCard'),
      agreeBank: words('save.agreeBank'),
      agreePad: words('save.agreePad'),
      where: words('save.where', { company }),
    },
  }
}

/** What was chosen for the agreements of these invoices, by their ids. */
type Chosen = ReadonlyMap<string, { methodId: string; agreement: string }>

/** What a client has saved, as rows of the payment form: accounts are debited in the money of their country only. */
export function savedWays(
  methods: MethodView[],
  currency: string,
  { tenant, locale, today }: Reader,
  chosen: Chosen,
): SavedWay[] {
  const words = wordsIn(locale)
  const amount = '{amount}'
  return methods
    .filter(({ type }) => waysIn(currency, [type]).length > 0)
    .map((method) => {
      const isBank = method.type !== 'card'
      const said = sayings[method.type]
      const label = methodName(method.label, locale)
      const problem = methodProblem(method, locale, today)
      const soon = standingOfMethod(method, today) === 'expires-soon' && method.expiresOn !== undefined
      const cost = soon
        ? words('methods.expiresSoon', { date: formatDay(method.expiresOn ?? today, locale, 'plain', today) })
        : words(said.sub)
      const mine = [...chosen].filter(([, { methodId }]) => methodId === method.id)
      const agreements = [...new Set(mine.map(([, { agreement }]) => agreement))]
      const sub =
        agreements.length === 0
          ? cost
          : [cost, words('methods.chosenFor', { agreement: listOf(agreements, locale) })].join(' · ')
      return {
        id: method.id,
        type: method.type,
        name: method.nickname === undefined ? label : `${method.nickname}: ${label}`,
        sub,
        ...(problem === undefined ? {} : { problem }),
        ...(mine.length === 0 ? {} : { pays: mine.map(([id]) => id) }),
        surchargeMinor: '0',
        button: words(said.button, { amount }),
        agreement: words(isBank ? 'save.debitSaved' : 'save.chargeSaved', {
          amount,
          method: label,
          name: tenant.name,
        }),
        announcement: words('pay.totalNow', { amount }),
        notCharged: words(isBank ? 'pay.notChargedBank' : 'pay.notChargedCard'),
      }
    })
}

const sayings = {
  us_bank_account: { sub: 'pay.bankSub', button: 'pay.payBank' },
  acss_debit: { sub: 'pay.padSub', button: 'pay.payPad' },
  card: { sub: 'pay.cardSub', button: 'pay.payCard' },
} as const
