import { ArrowLeft, Download } from 'lucide-react'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { Sums } from '@/components/money/sums'
import { buttonLook } from '@/components/ui/button-look'
import { Card } from '@/components/ui/card'
import { KeyValue } from '@/components/ui/key-value'
import { Status } from '@/components/ui/status'
import { receiptNumber } from '@/lib/documents/receipt-number'
import { minus, zero } from '@/lib/money/money'
import { getAttempt } from '@/lib/payments/queries'
import { formatInstant } from '@/messages/date'
import { methodName } from '@/messages/method-name'
import { listOf, wordsIn } from '@/messages/words'
import { orNotFound } from '../../../or-not-found'
import { PortalFrame } from '../../portal-frame'
import { openPortal, portalMetadata } from '../../visitor'

type Props = { params: Promise<{ msp: string; attempt: string }>; searchParams: Promise<{ lang?: string }> }

export const generateMetadata = portalMetadata((words) => words('portal.receipt'))

/** The receipt of one payment. The surcharge, if there was one, is a line of its own. */
export default async function ReceiptPage({ params, searchParams }: Props) {
  const [{ msp, attempt: id }, { lang }] = await Promise.all([params, searchParams])
  const visitor = await openPortal(msp, lang)
  const { actor, locale, tenant, href } = visitor
  const words = wordsIn(locale)
  const attempt = await orNotFound(getAttempt(actor, id))
  const { succeededAt, methodLabel, surcharge, refunded, credit, kept, amount, allocations, state } = attempt
  if (succeededAt === undefined) notFound()
  const number = receiptNumber(id)
  const numbers = allocations.map((allocation) => allocation.number)
  const title = words('portal.receiptNumber', { number })
  return (
    <PortalFrame visitor={visitor} at="receipts" path={`/receipts/${id}`}>
      <div className="grid gap-3">
        <p>
          <Link
            href={href('/receipts')}
            className="inline-flex items-center gap-1 py-0.5 font-medium text-sm no-underline hover:underline"
          >
            <ArrowLeft aria-hidden size={16} /> {words('portal.receipts')}
          </Link>
        </p>
        <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-3">
          <div className="grid gap-2">
            <h1 className="h1">{title}</h1>
            <p className="flex flex-wrap items-center gap-x-3 gap-y-2">
              <Status of="attempt" is={state}>
                {words(`status.attempt.${state}`)}
              </Status>
              <span className="text-sm text-text-3">
                {words('portal.receiptFor', {
                  invoices: words('mail.invoiceWord', { count: numbers.length, numbers: listOf(numbers, locale) }),
                })}
              </span>
            </p>
          </div>
          <a href={href(`/receipts/${id}/pdf`)} className={buttonLook('plain')}>
            <Download aria-hidden size={16} />
            {words('pay.pdf')}
          </a>
        </div>
      </div>
      <div className="max-w-160">
        <Card
          foot={
            <KeyValue
              items={[
                {
                  key: 'paid',
                  label: words('portal.paidOn'),
                  value: formatInstant(succeededAt, locale, tenant.timeZone),
                },
                ...(methodLabel === undefined
                  ? []
                  : [{ key: 'by', label: words('portal.paidBy'), value: methodName(methodLabel, locale) }]),
                { key: 'for', label: words('portal.paidFor'), value: attempt.clientName },
              ]}
            />
          }
        >
          <Sums
            locale={locale}
            sums={[
              ...allocations.map((allocation) => ({
                key: allocation.invoiceId,
                label: (
                  <Link href={href(`/invoices/${allocation.invoiceId}`)}>
                    {words('result.invoice', { number: allocation.number })}
                  </Link>
                ),
                amount: allocation.amount,
              })),
              ...(credit.minor > 0n
                ? [
                    {
                      key: 'credit',
                      label: words('order.credit'),
                      amount: minus(zero(credit.currency), credit),
                      weight: 'quiet' as const,
                    },
                  ]
                : []),
              ...(kept.minor > 0n
                ? [{ key: 'kept', label: words('order.kept'), amount: kept, weight: 'quiet' as const }]
                : []),
              ...(surcharge.minor > 0n
                ? [{ key: 'surcharge', label: words('result.surcharge'), amount: surcharge, weight: 'quiet' as const }]
                : []),
              { key: 'total', label: words('portal.total'), amount, weight: 'total' },
              ...(refunded.minor > 0n
                ? [
                    {
                      key: 'refunded',
                      label: words('portal.refunded'),
                      amount: minus(zero(refunded.currency), refunded),
                      weight: 'quiet' as const,
                    },
                  ]
                : []),
            ]}
          />
        </Card>
      </div>
    </PortalFrame>
  )
}
