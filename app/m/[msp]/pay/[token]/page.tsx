import type { Metadata } from 'next'
import { preconnect } from 'react-dom'
import { BrandMark } from '@/components/brand/brand-mark'
import { statusText } from '@/components/checkout/outcome-screen'
import { PaymentStatus } from '@/components/checkout/payment-status'
import { todayIn } from '@/lib/base/clock'
import { type Locale, localeOf, type Words, wordsIn } from '@/messages/words'
import { autopayOffered } from '../../autopay-offered'
import { findMsp } from '../../msp'
import { isOutcome } from '../../pay-view'
import { PaySurface } from '../pay-surface'
import { resend, viewed } from './actions'
import { ChangesNotice } from './changes-notice'
import { ClosedLink, UnknownLink } from './dead-link'
import { InvoiceAside } from './invoice-aside'
import { LinkCheckout } from './link-checkout'
import { LinkOutcome } from './link-outcome'
import { type LinkView, linkView } from './link-view'
import { readLink } from './read-link'
import { StatementPage } from './statement-page'
import { ViewedBeacon } from './viewed-beacon'

type Props = {
  params: Promise<{ msp: string; token: string }>
  /** `attempt`: the payment this page has just made. */
  searchParams: Promise<{ lang?: string; attempt?: string | string[] }>
}

/** The address holds a secret: it is told to nobody and indexed nowhere. */
export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const [{ msp, token }, { lang }] = await Promise.all([params, searchParams])
  const [tenant, link] = await Promise.all([findMsp(msp), readLink(msp, token)])
  const words = wordsIn(localeOf(lang, link.ok ? link.contact?.locale : undefined, tenant.locale))
  const title = link.ok ? titleOf(link, words, tenant.name) : tenant.name
  return { title: { absolute: title }, referrer: 'no-referrer', robots: { index: false, follow: false } }
}

/** The mailed pay link. Opening it changes nothing. */
export default async function PayPage({ params, searchParams }: Props) {
  const [{ msp: slug, token }, asked] = await Promise.all([params, searchParams])
  const { lang } = asked
  const named = [asked.attempt].flat()[0]
  const [tenant, link] = await Promise.all([findMsp(slug), readLink(slug, token)])
  const here = `/m/${slug}/pay/${token}`
  const locale = localeOf(lang, link.ok ? link.contact?.locale : undefined, tenant.locale)
  const otherLanguage = addressOf(here, { lang: locale === 'fr-CA' ? 'en' : 'fr', attempt: named })
  const surface = { tenant, locale, otherLanguage }
  const brand = <BrandMark tenant={tenant} />
  const narrow = 'mx-auto grid max-w-130 gap-8 px-4 py-7 wide:px-6 wide:py-14'
  if (!link.ok)
    return (
      <PaySurface {...surface}>
        <main id="main" className={narrow}>
          {brand}
          {link.because === 'unknown' ? (
            <UnknownLink msp={tenant.name} locale={locale} />
          ) : (
            <ClosedLink because={link.because} locale={locale} send={resend.bind(null, slug, token)} />
          )}
        </main>
      </PaySurface>
    )

  if (link.of === 'statement') {
    const hrefs = { here: addressOf(here, { lang }), result: addressOf(here, { lang, attempt: '' }) }
    return <StatementPage {...surface} {...{ slug, token, link, named, hrefs }} />
  }
  const { invoice, offer, holds, contact, attempts, terms, runOn, changes, made } = link
  const today = todayIn(tenant.timeZone)
  const view = await linkView(link.actor, invoice, attempts, named)
  const paid = view.show === 'paid' || view.show === 'on-its-way' ? view.attempt : undefined
  const autopay =
    paid === undefined ? undefined : await autopayOffered(link.actor, { attemptId: paid.id }, { tenant, locale, today })
  const shared = { slug, token, tenant, invoice, locale, today, terms }
  if (view.show === 'form' && terms !== undefined) preconnect(new URL(terms.stripeJsUrl).origin)
  return (
    <PaySurface {...surface}>
      <PaymentStatus text={spokenOf(view, locale)} />
      <ViewedBeacon tell={viewed.bind(null, slug, token)} />
      {view.show === 'form' ? (
        <main
          id="main"
          className="mx-auto grid max-w-270 items-start gap-6 px-4 pt-5 pb-10 wide:grid-cols-[minmax(0,1fr)_minmax(0,484px)] wide:gap-x-18 wide:px-6 wide:pt-10 wide:pb-14"
        >
          <InvoiceAside
            tenant={tenant}
            invoice={invoice}
            notice={
              made && <ChangesNotice {...{ changes, locale, today }} since={made.at} timeZone={tenant.timeZone} />
            }
            locale={locale}
            today={today}
            pdf={`${here}/pdf`}
            token={token}
          />
          <LinkCheckout
            {...shared}
            offer={offer}
            holds={holds}
            setback={view.setback}
            receiptEmail={contact?.email ?? ''}
            scheduledOn={runOn}
            resultPath={addressOf(here, { lang, attempt: '' })}
          />
        </main>
      ) : (
        <main id="main" className={narrow}>
          {brand}
          <LinkOutcome {...shared} view={view} formHref={addressOf(here, { lang })} autopay={autopay} />
        </main>
      )}
    </PaySurface>
  )
}

type Opened = Extract<Awaited<ReturnType<typeof readLink>>, { ok: true }>

function titleOf(link: Opened, words: Words, name: string): string {
  return link.of === 'invoice'
    ? words('pay.title', { number: link.invoice.number, name })
    : words('payStatement.title', { name })
}

/** What is read out as soon as the page stands: an outcome, if there is one. */
function spokenOf({ show }: LinkView, locale: Locale): string {
  if (show === 'covered') return wordsIn(locale)('result.status.paid')
  return isOutcome(show) ? statusText(show, locale) : ''
}

function addressOf(path: string, query: Record<string, string | undefined>): string {
  const asked = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))
  return asked.length === 0 ? path : `${path}?${new URLSearchParams(asked)}`
}
