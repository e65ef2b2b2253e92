import { ArrowLeft, CalendarClock, Download } from 'lucide-react'
import Link from 'next/link'
import { Sums } from '@/components/money/sums'
import { buttonLook } from '@/components/ui/button-look'
import { Card } from '@/components/ui/card'
import { LinkButton } from '@/components/ui/link-button'
import { Notice } from '@/components/ui/notice'
import { mayAct, mayPay } from '@/lib/access/actor'
import { withTenant } from '@/lib/base/db'
import { agreementOfInvoice } from '@/lib/billing/agreement-of-invoice'
import { holdsOf } from '@/lib/billing/holds'
import { getInvoice } from '@/lib/billing/queries'
import { formatMoney } from '@/lib/money/format'
import { minus } from '@/lib/money/money'
import { listScheduled } from '@/lib/payments/list-scheduled'
import { attemptsOfInvoice } from '@/lib/payments/queries'
import { formatDay } from '@/messages/date'
import { methodName } from '@/messages/method-name'
import { wordsIn } from '@/messages/words'
import { HoldNotice, PastQuestions } from '../../../hold-notice'
import { orNotFound } from '../../../or-not-found'
import { attemptForInvoices, payView } from '../../../pay-view'
import { questionWords } from '../../../question'
import { QuestionForm } from '../../../question-form'
import { InvoiceStatusBadge } from '../../invoice-status'
import { titleOf } from '../../invoice-title'
import { PortalFrame } from '../../portal-frame'
import { openPortal, portalMetadata } from '../../visitor'
import { AgreementCard } from './agreement-card'
import { ask, reply } from './ask'
import { ChangesCard } from './changes-card'
import { InvoiceHistory } from './invoice-history'
import { LinesTable } from './lines-table'

type Props = { params: Promise<{ msp: string; invoice: string }>; searchParams: Promise<{ lang?: string }> }

export const generateMetadata = portalMetadata((words) => words('portal.invoice'))

/** One invoice: what it is made of, what became of it, and the way to pay it. */
export default async function InvoicePage({ params, searchParams }: Props) {
  const [{ msp, invoice: id }, { lang }] = await Promise.all([params, searchParams])
  const visitor = await openPortal(msp, lang)
  const { actor, locale, today, href, tenant } = visitor
  const words = wordsIn(locale)
  const invoice = await orNotFound(getInvoice(actor, id))
  const read = await withTenant(actor.tenantId, async (tx) => ({
    attempts: await attemptsOfInvoice(tx, invoice.id),
    allHolds: await holdsOf(tx, invoice.id),
  }))
  const holds = read.allHolds.filter(({ closedAt }) => closedAt === undefined)
  const past = read.allHolds.filter(({ closedAt }) => closedAt !== undefined)
  const talk = { locale, msp: tenant.name, timeZone: tenant.timeZone, isAtHome: true }
  const agreed = await agreementOfInvoice(actor, invoice)
  const attempts = read.attempts.map((attempt) => attemptForInvoices(attempt, [invoice.id]))
  const scheduled = (await listScheduled(actor, actor.clientId)).find(({ parts }) =>
    parts.some(({ invoiceId }) => invoiceId === invoice.id),
  )
  const { total, tax, balance, number } = invoice
  const title = titleOf(invoice, words('document.creditMemo'), words('portal.invoice'))
  const isOpen = payView(invoice, attempts).show === 'form'
  const payable = holds.reduce((left, { amount }) => minus(left, amount), balance)
  const mayPayIt = mayPay(actor) && isOpen && payable.minor > 0n
  return (
    <PortalFrame visitor={visitor} at="invoices" path={`/invoices/${id}`}>
      <div className="grid gap-3">
        <p>
          <Link
            href={href('/invoices')}
            className="inline-flex items-center gap-1 py-0.5 font-medium text-sm no-underline hover:underline"
          >
            <ArrowLeft aria-hidden size={16} /> {words('portal.back')}
          </Link>
        </p>
        <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-3">
          <div className="grid gap-2">
            <h1 className="h1">{title.main}</h1>
            <p className="flex flex-wrap items-center gap-x-3 gap-y-2">
              <InvoiceStatusBadge invoice={invoice} locale={locale} today={today} />
              <span className="text-sm text-text-3">
                {words(invoice.kind === 'credit_memo' ? 'portal.creditIssued' : 'portal.issued', {
                  number,
                  date: formatDay(invoice.issuedOn, locale, 'document', today),
                })}
              </span>
            </p>
          </div>
          <div className="flex gap-3">
            <a href={href(`/invoices/${id}/pdf`)} className={buttonLook('plain')}>
              <Download aria-hidden size={16} />
              {words('pay.pdf')}
            </a>
            {mayPayIt && (
              <LinkButton tone="primary" href={href('/pay', { invoice: id })}>
                {words('portal.pay', { amount: formatMoney(payable, locale) })}
              </LinkButton>
            )}
          </div>
        </div>
      </div>
      {scheduled !== undefined && (
        <Notice tone="move" icon={CalendarClock}>
          {words('when.onInvoice', {
            date: formatDay(scheduled.runOn, locale, 'prose', today),
            method: methodName(scheduled.methodLabel, locale),
          })}{' '}
          <Link href={href('/pay', { scheduled: scheduled.id })}>{words('when.change')}</Link>
        </Notice>
      )}
      <HoldNotice holds={holds} {...talk} {...(mayAct(actor) ? { reply: reply.bind(null, tenant.slug) } : {})} />
      <div className="grid items-start gap-4 wide:gap-6 full:grid-cols-[minmax(0,1fr)_336px]">
        <div className="grid min-w-0 gap-4 wide:gap-6">
          {agreed?.previous !== undefined && (
            <ChangesCard
              previous={agreed.previous}
              href={href(`/invoices/${agreed.previous.id}`)}
              locale={locale}
              today={today}
            />
          )}
          <Card flush title={words('portal.linesHeading')}>
            <LinesTable groups={invoice.groups} locale={locale} />
            <div className="border-hairline border-t px-4.5 py-4 wide:px-6">
              <Sums
                locale={locale}
                className="ml-auto max-w-80"
                sums={[
                  { key: 'subtotal', label: words('pay.subtotal'), amount: minus(total, tax), weight: 'quiet' },
                  { key: 'tax', label: words('pay.tax'), amount: tax, weight: 'quiet' },
                  { key: 'total', label: words('portal.total'), amount: total, weight: 'total' },
                  ...(invoice.kind === 'invoice' && invoice.state === 'open'
                    ? [
                        {
                          key: 'paid',
                          label: words('portal.paidSoFar'),
                          amount: minus(total, balance),
                          weight: 'quiet' as const,
                        },
                        { key: 'open', label: words('portal.toPay'), amount: balance, weight: 'total' as const },
                      ]
                    : []),
                ]}
              />
            </div>
          </Card>
        </div>
        <div className="grid gap-4 wide:gap-6">
          {agreed !== undefined && <AgreementCard of={agreed} invoice={invoice} locale={locale} today={today} />}
          <InvoiceHistory
            invoice={invoice}
            attempts={attempts}
            locale={locale}
            timeZone={tenant.timeZone}
            today={today}
          />
        </div>
      </div>
      <PastQuestions holds={past} {...talk} />
      {isOpen && mayAct(actor) && tenant.settings.portal.questions && (
        <div className="max-w-130">
          <QuestionForm words={questionWords(locale, tenant.name, invoice)} ask={ask.bind(null, tenant.slug, id)} />
        </div>
      )}
    </PortalFrame>
  )
}
