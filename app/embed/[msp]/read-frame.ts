import 'server-only'
import { offeredOf } from '@/app/m/[msp]/offered'
import { orNotFound } from '@/app/m/[msp]/or-not-found'
import { outcomeOf } from '@/app/m/[msp]/outcome-of'
import { flightView, isOutcome, type PayView, payView } from '@/app/m/[msp]/pay-view'
import { saveFormFacts } from '@/app/m/[msp]/save-form-facts'
import { savingFacts } from '@/app/m/[msp]/saving-facts'
import { formScreen } from '@/components/checkout/form-screen'
import { coveredScreen, statusText } from '@/components/checkout/outcome-screen'
import { verifyWords } from '@/components/checkout/verify-words'
import type { FrameScreen, FrameWish } from '@/components/embed/frame'
import { onlyInvoices } from '@/lib/access/actor'
import type { CheckoutActor } from '@/lib/access/checkout-session'
import { todayIn } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { billingContact, getInvoice } from '@/lib/billing/queries'
import { formatMoney } from '@/lib/money/format'
import { sum } from '@/lib/money/money'
import { type AttemptView, isInFlight } from '@/lib/payments/attempt'
import { checkoutTerms } from '@/lib/payments/checkout-terms'
import { readCreditUse } from '@/lib/payments/credit-use'
import { readOffer } from '@/lib/payments/payable-invoices'
import { attemptsOfInvoice, getAttempt, listAttempts } from '@/lib/payments/queries'
import { setupOfSession } from '@/lib/payments/setup-of-session'
import type { Tenant } from '@/lib/tenancy/tenant'
import { methodName } from '@/messages/method-name'
import { type Locale, wordsIn } from '@/messages/words'
import { invoiceFact } from './invoice-fact'

/** What the frame shows for this session, decided by how things stand, not by how the reader came. */
export async function readFrame(
  actor: CheckoutActor,
  tenant: Tenant,
  locale: Locale,
  wish: FrameWish,
): Promise<FrameScreen> {
  const place = { actor, tenant, locale }
  if (actor.scope.kind === 'method') return saveScreen(place)
  if (wish.attemptId !== undefined) {
    const covered = await readCreditUse(actor, wish.attemptId)
    if (covered !== undefined)
      return {
        ...{ show: 'outcome', status: statusText('paid', locale), checkout: coveredScreen(covered, locale) },
        ...(await restOf(place)),
      }
    const attempt = await orNotFound(getAttempt(actor, wish.attemptId))
    const show = showOf(attempt)
    return show === undefined ? payScreen(place, attempt) : outcomeScreen(place, show, attempt)
  }
  const [only, ...others] = onlyInvoices(actor) ?? []
  if (only === undefined || others.length > 0) {
    const waiting = wish.isRest === true ? undefined : await waitingForDeposits(actor)
    return waiting === undefined ? payScreen(place) : outcomeScreen(place, 'verify', waiting)
  }
  const invoice = await orNotFound(getInvoice(actor, only))
  const view = payView(invoice, await withTenant(actor.tenantId, (tx) => attemptsOfInvoice(tx, only)))
  if (view.show === 'form') return payScreen(place, view.setback)
  if (isOutcome(view.show) && 'attempt' in view && view.attempt !== undefined)
    return outcomeScreen(place, view.show, view.attempt)
  return nothing(locale, view.show === 'paid' ? invoice.number : undefined)
}

async function saveScreen({ actor, tenant, locale }: Place): Promise<FrameScreen> {
  const words = wordsIn(locale)
  const contact = await withTenant(actor.tenantId, (tx) => billingContact(tx, actor.clientId))
  const reader = { tenant, locale, today: todayIn(tenant.timeZone) }
  const facts = tenant.settings.portal.saving ? await saveFormFacts(actor, reader, contact?.email ?? '') : undefined
  if (facts === undefined || facts === 'not-connected')
    return {
      show: 'nothing',
      title: words('widget.noSavingTitle'),
      text: words('widget.noSavingText', { name: tenant.name }),
    }
  // There is no list here to come back to.
  const said = { deposits: words('widget.depositsSent'), unknown: words('widget.savingUnknown') }
  const setup = await setupOfSession(actor)
  const method = setup?.label === undefined ? words('result.verifyMethod') : methodName(setup.label, locale)
  return {
    ...{ show: 'save', title: words('methods.addTitle'), facts: { ...facts, words: { ...facts.words, ...said } } },
    ...(setup?.isOwn !== true
      ? {}
      : {
          saved:
            setup.is === 'saved'
              ? { is: 'saved', text: words('widget.saved', { method }) }
              : { is: 'waiting', text: said[setup.is] },
        }),
    ...(setup?.is !== 'deposits'
      ? {}
      : {
          verify: {
            ...{ setupId: setup.id, title: words('result.verifyTitle') },
            ...{ text: words('methods.verifyText', { method }), words: verifyWords(locale) },
          },
        }),
  }
}

/** Of several invoices, a payment of some that small deposits hold up: it is confirmed before anything else is paid. */
async function waitingForDeposits(actor: CheckoutActor): Promise<AttemptView | undefined> {
  const { items } = await listAttempts(actor, { states: ['requires_action'] })
  return items.find(({ waitsFor }) => waitsFor === 'deposits')
}

type Place = { actor: CheckoutActor; tenant: Tenant; locale: Locale }
type Shown = Exclude<PayView['show'], 'form' | 'void' | 'credit'>

/** Undefined for a payment that came to nothing: the form again, with a word about it. */
function showOf(attempt: AttemptView): Shown | undefined {
  if (isInFlight(attempt.state)) return flightView(attempt)
  return attempt.succeededAt !== undefined && attempt.state !== 'returned' ? 'paid' : undefined
}

async function payScreen({ actor, tenant, locale }: Place, setback?: AttemptView): Promise<FrameScreen> {
  const words = wordsIn(locale)
  const offer = await readOffer(actor, undefined)
  const { invoices } = offer
  const [first] = invoices
  if (first === undefined) {
    const { items } = await listAttempts(actor, {
      states: ['created', 'sent', 'requires_action', 'processing', 'unknown'],
    })
    const [flying] = items
    return flying === undefined ? nothing(locale) : outcomeScreen({ actor, tenant, locale }, flightView(flying), flying)
  }
  const { terms, contact } = await withTenant(actor.tenantId, async (tx) => ({
    terms: await checkoutTerms(tx),
    contact: await billingContact(tx, actor.clientId),
  }))
  const today = todayIn(tenant.timeZone)
  const reader = { tenant, locale, today }
  return {
    show: 'pay',
    client: first.invoice.clientName,
    sub: words('widget.openInvoices', { count: invoices.length }),
    total: formatMoney(
      sum(
        invoices.map(({ payable }) => payable),
        offer.currency,
      ),
      locale,
    ),
    rows: invoices.map(({ invoice }) => invoiceFact(invoice, locale, today)),
    ...(setback?.failureReason === undefined
      ? {}
      : {
          setback: {
            title: words(setback.state === 'returned' ? 'status.attempt.returned' : 'pay.notChargedBank'),
            text: setback.failureReason,
          },
        }),
    checkout: formScreen({
      ...{ tenant, locale, terms, currency: offer.currency, creditMinor: offer.creditMinor, rules: offer.rules },
      invoices: offeredOf(offer, locale, today),
      orderKey: newId(),
      receiptEmail: contact?.email ?? '',
      ...(offer.currency === 'CAD'
        ? { saving: { ...savingFacts(reader, first.invoice.clientName, true), isOffered: false } }
        : {}),
      stillOpen: '',
    }),
  }
}

async function outcomeScreen({ actor, tenant, locale }: Place, show: Shown, whole: AttemptView): Promise<FrameScreen> {
  const terms = await withTenant(actor.tenantId, checkoutTerms)
  const attempt = attemptForSession(whole, actor)
  const today = todayIn(tenant.timeZone)
  const receiptHref = `/embed/${tenant.slug}/receipt`
  return {
    show: 'outcome',
    status: statusText(show, locale),
    checkout: outcomeOf({ show, attempt, tenant, locale, today, terms, receiptHref }),
    ...(show === 'paid' || show === 'on-its-way' || show === 'verify' ? await restOf({ actor, tenant, locale }) : {}),
  }
}

/** What this session may still pay after a payment of some invoices, or of a part. */
async function restOf({ actor, locale }: Place): Promise<Pick<Extract<FrameScreen, { show: 'outcome' }>, 'rest'>> {
  const { invoices, currency } = await readOffer(actor, undefined)
  const [only, ...others] = invoices
  if (only === undefined) return {}
  const words = wordsIn(locale)
  const open = sum(
    invoices.map(({ payable }) => payable),
    currency,
  )
  const amount = formatMoney(open, locale)
  return {
    rest: {
      text:
        others.length === 0
          ? words('result.rest', { amount, number: only.invoice.number })
          : words('widget.rest', { amount, count: invoices.length }),
      button: words('result.payRest'),
    },
  }
}

function nothing(locale: Locale, paidNumber?: string): FrameScreen {
  const words = wordsIn(locale)
  return paidNumber === undefined
    ? { show: 'nothing', title: words('widget.nothingTitle'), text: words('widget.nothingText') }
    : {
        show: 'nothing',
        title: words('dead.settledTitle', { number: paidNumber }),
        text: words('dead.settledText'),
      }
}

/** An attempt as the holder of a session may see it: what else it paid is not theirs to read. */
export function attemptForSession(attempt: AttemptView, actor: CheckoutActor): AttemptView {
  const only = onlyInvoices(actor)
  const own = attempt.allocations.filter(({ invoiceId }) => only?.includes(invoiceId) ?? true)
  if (own.length === attempt.allocations.length) return attempt
  const { currency } = attempt.amount
  const amount = sum(
    own.map((allocation) => allocation.amount),
    currency,
  )
  const nothing = { minor: 0n, currency }
  return { ...attempt, allocations: own, amount, surcharge: nothing, credit: nothing, kept: nothing }
}
