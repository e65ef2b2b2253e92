import { ChevronDown, Download } from 'lucide-react'
import type { ReactNode } from 'react'
import { BrandMark } from '@/components/brand/brand-mark'
import { Sums } from '@/components/money/sums'
import { buttonLook } from '@/components/ui/button-look'
import type { PlainDate } from '@/lib/base/clock'
import type { InvoiceView } from '@/lib/billing/invoice'
import { formatMoney } from '@/lib/money/format'
import { minus } from '@/lib/money/money'
import type { Tenant } from '@/lib/tenancy/tenant'
import { type Locale, wordsIn } from '@/messages/words'
import { DueBadge } from '../../due-badge'
import { forward } from './forward'
import { ForwardForm } from './forward-form'
import { forwardWords } from './forward-words'
import { InvoiceLines } from './invoice-lines'

type Props = {
  tenant: Tenant
  invoice: InvoiceView
  /** What stands above the lines, if there is something to say about them. */
  notice?: ReactNode
  locale: Locale
  today: PlainDate
  pdf: string
  token: string
}

/** The invoice beside the form: the amount is the headline, everything else says what it is made of. */
export function InvoiceAside({ tenant, invoice, notice, locale, today, pdf, token }: Props) {
  const words = wordsIn(locale)
  const { balance, total, tax, groups } = invoice
  const paid = minus(total, balance)
  const lineCount = groups.reduce((sum, { lines }) => sum + lines.length, 0)
  return (
    <aside className="grid min-w-0 content-start gap-6 wide:pt-1">
      <div className="flex items-center justify-between gap-4">
        <BrandMark tenant={tenant} />
        <a href={pdf} className={buttonLook('quiet', 'small', 'wide:hidden')}>
          <Download aria-hidden size={16} />
          {words('pay.pdf')}
        </a>
      </div>
      <div className="mt-2 grid gap-2">
        <p className="text-text-2">{words('pay.forClient', { number: invoice.number, client: invoice.clientName })}</p>
        <h1 className="amount">{formatMoney(balance, locale)}</h1>
        <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <DueBadge invoice={invoice} locale={locale} today={today} />
        </p>
        {paid.minor > 0n && (
          <p className="text-sm text-text-2">
            {words('pay.openOf', { balance: formatMoney(balance, locale), total: formatMoney(total, locale) })}
          </p>
        )}
      </div>
      {notice}
      <hr className="border-hairline border-t" />
      {/* Folded on a phone; on a wide page the content shows whether open or not. */}
      <details className="group wide:[&::details-content]:h-auto wide:[&::details-content]:[content-visibility:visible]">
        <summary className="flex items-baseline justify-between gap-4">
          <h2 className="h2">{groups[0]?.heading || words('portal.linesHeading')}</h2>
          <span className="inline-flex items-center gap-1 whitespace-nowrap text-sm text-text-2 wide:hidden">
            {words('pay.lines', { count: lineCount })}
            <ChevronDown aria-hidden size={16} className="transition-transform group-open:rotate-180" />
          </span>
        </summary>
        <div className="grid gap-5 pt-5">
          <InvoiceLines groups={groups} locale={locale} />
          <hr className="border-hairline border-t" />
          <Sums
            locale={locale}
            sums={[
              { key: 'subtotal', label: words('pay.subtotal'), amount: minus(total, tax), weight: 'quiet' },
              { key: 'tax', label: words('pay.tax'), amount: tax, weight: 'quiet' },
              { key: 'total', label: words('pay.total'), amount: total, weight: 'total' },
              ...(paid.minor > 0n
                ? [
                    { key: 'paid', label: words('pay.paidSoFar'), amount: paid, weight: 'quiet' as const },
                    { key: 'open', label: words('pay.toPay'), amount: balance, weight: 'total' as const },
                  ]
                : []),
            ]}
          />
        </div>
      </details>
      <p className="max-wide:hidden">
        <a
          href={pdf}
          className="inline-flex min-h-6 items-center gap-1.5 font-medium text-sm no-underline hover:underline"
        >
          <Download aria-hidden size={16} />
          {words('pay.downloadPdf')}
        </a>
      </p>
      <ForwardForm act={forward.bind(null, tenant.slug, token, locale)} words={forwardWords(locale, tenant.name)} />
    </aside>
  )
}
