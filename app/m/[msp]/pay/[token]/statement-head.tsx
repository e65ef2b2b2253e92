import { Status } from '@/components/ui/status'
import type { InvoiceRow } from '@/lib/billing/invoice'
import { formatMoney } from '@/lib/money/format'
import { sum } from '@/lib/money/money'
import type { Tenant } from '@/lib/tenancy/tenant'
import { type Locale, wordsIn } from '@/messages/words'

type Props = { tenant: Tenant; invoices: InvoiceRow[]; currency: string; locale: Locale }

/** Whose account it is, what is open on it, and what of that is late. */
export function StatementHead({ tenant, invoices, currency, locale }: Props) {
  const words = wordsIn(locale)
  const total = (of: readonly InvoiceRow[]) =>
    sum(
      of.map(({ balance }) => balance),
      currency,
    )
  const open = invoices.filter(({ balance }) => balance.minor > 0n)
  const late = total(open.filter(({ daysOverdue }) => daysOverdue > 0))
  const client = invoices[0]?.clientName
  return (
    <div className="grid gap-2">
      <p className="text-text-2">
        {client === undefined
          ? words('payStatement.title', { name: tenant.name })
          : words('payStatement.forClient', { client })}
      </p>
      <h1 className="amount">{formatMoney(total(open), locale)}</h1>
      <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1 text-text-2">
        {late.minor > 0n && (
          <Status of="invoice" is="overdue">
            {words('payStatement.overdue', { amount: formatMoney(late, locale) })}
          </Status>
        )}
        <span className="text-sm">{words('payStatement.count', { count: open.length })}</span>
      </p>
    </div>
  )
}
