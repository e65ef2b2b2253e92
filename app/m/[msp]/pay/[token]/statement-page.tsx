import { preconnect } from 'react-dom'
import { BrandMark } from '@/components/brand/brand-mark'
import { PaymentStatus } from '@/components/checkout/payment-status'
import type { StatementLinkActor } from '@/lib/access/pay-link'
import { todayIn } from '@/lib/base/clock'
import type { Tenant } from '@/lib/tenancy/tenant'
import type { Locale } from '@/messages/words'
import { HoldNotice } from '../../hold-notice'
import { statementQuestionWords } from '../../question'
import { QuestionForm } from '../../question-form'
import { PaySurface } from '../pay-surface'
import { viewed } from './actions'
import { ask, reply } from './ask'
import { forward } from './forward'
import { ForwardForm } from './forward-form'
import { forwardWords } from './forward-words'
import type { StatementRead } from './read-statement'
import { StatementForm } from './statement-form'
import { StatementHead } from './statement-head'
import { StatementList } from './statement-list'
import { StatementOutcome } from './statement-outcome'
import { ViewedBeacon } from './viewed-beacon'

type Props = {
  slug: string
  token: string
  tenant: Tenant
  locale: Locale
  otherLanguage: string
  link: StatementRead & { actor: StatementLinkActor; madeAt: Date; currency: string }
  /** The payment the address names. */
  named: string | undefined
  /** This page, and where the outcome of a payment is shown, before its id. */
  hrefs: { here: string; result: string }
}

/** What a client owes, for whoever holds the link of a statement: all of it chosen, and nothing done by opening it. */
export function StatementPage({ slug, token, tenant, locale, otherLanguage, link, named, hrefs }: Props) {
  const { actor, currency, terms, offer, invoices, holds } = link
  const open = invoices.filter(({ balance }) => balance.minor > 0n)
  const today = todayIn(tenant.timeZone)
  const reader = { tenant, locale, today }
  if (named !== undefined)
    return (
      <PaySurface {...{ tenant, locale, otherLanguage }}>
        <main id="main" className="mx-auto grid max-w-130 gap-8 px-4 py-7 wide:px-6 wide:py-14">
          <BrandMark tenant={tenant} />
          <StatementOutcome {...reader} {...{ slug, token, actor, terms }} attemptId={named} homeHref={hrefs.here} />
        </main>
      </PaySurface>
    )
  if (offer.invoices.length > 0 && terms !== undefined) preconnect(new URL(terms.stripeJsUrl).origin)
  return (
    <PaySurface {...{ tenant, locale, otherLanguage }}>
      <PaymentStatus text="" />
      <ViewedBeacon tell={viewed.bind(null, slug, token)} />
      <main id="main" className="mx-auto grid max-w-270 gap-6 px-4 pt-5 pb-10 wide:px-6 wide:pt-10 wide:pb-14">
        <BrandMark tenant={tenant} />
        <StatementHead {...{ tenant, invoices, currency, locale }} />
        <HoldNotice
          {...{ holds, locale, msp: tenant.name, timeZone: tenant.timeZone, isAtHome: false, isNamed: true }}
          reply={reply.bind(null, slug, token)}
        />
        <StatementForm {...reader} {...{ slug, token, link }} resultPath={hrefs.result} />
        <StatementList {...reader} invoices={invoices} madeAt={link.madeAt} pdf={`/m/${slug}/pay/${token}/pdf`} />
        {open.length > 0 && (
          <div className="grid max-w-130 gap-4">
            {tenant.settings.portal.questions && (
              <QuestionForm
                words={statementQuestionWords(locale, tenant.name, open)}
                ask={ask.bind(null, slug, token)}
              />
            )}
            <ForwardForm act={forward.bind(null, slug, token, locale)} words={forwardWords(locale, tenant.name)} />
          </div>
        )}
      </main>
    </PaySurface>
  )
}
