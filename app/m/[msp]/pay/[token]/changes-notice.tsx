import { Notice } from '@/components/ui/notice'
import { type PlainDate, todayIn } from '@/lib/base/clock'
import type { InvoiceLineView } from '@/lib/billing/invoice'
import type { InvoiceChange } from '@/lib/billing/invoice-changes'
import { formatMoney } from '@/lib/money/format'
import { formatDay } from '@/messages/date'
import { type Locale, wordsIn } from '@/messages/words'

type Props = { changes: InvoiceChange[]; since: Date; timeZone: string; today: PlainDate; locale: Locale }

/** What the invoice says otherwise than when its link was mailed, line by line. */
export function ChangesNotice({ changes, since, timeZone, today, locale }: Props) {
  if (changes.length === 0) return null
  const words = wordsIn(locale)
  const date = formatDay(todayIn(timeZone, since), locale, 'prose', today)
  const lines = changes.map((change) => wordsOf(change, locale, today))
  return (
    <Notice tone="warn" title={words('pay.changes.title', { date })}>
      <ul className="mt-1 grid gap-1">
        {lines.map((line, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: they never move, and two may read the same
          <li key={at}>{line}</li>
        ))}
      </ul>
    </Notice>
  )
}

function wordsOf(change: InvoiceChange, locale: Locale, today: PlainDate): string {
  const words = wordsIn(locale)
  switch (change.kind) {
    case 'total': {
      const [before, after] = [formatMoney(change.before, locale), formatMoney(change.after, locale)]
      return words('pay.changes.total', { before, after })
    }
    case 'due': {
      const [before, after] = [change.before, change.after].map((day) => formatDay(day, locale, 'prose', today))
      return words('pay.changes.due', { before: before ?? '', after: after ?? '' })
    }
    case 'line-added':
    case 'line-removed': {
      const { description: line, amount } = change.line
      const key = change.kind === 'line-added' ? 'pay.changes.added' : 'pay.changes.removed'
      return words(key, { line, amount: formatMoney(amount, locale) })
    }
    case 'line-changed': {
      const [before, after] = [countOf(change.before, locale), countOf(change.after, locale)]
      return words('pay.changes.line', { line: change.after.description, before, after })
    }
  }
}

function countOf({ quantity, unitPrice, amount }: InvoiceLineView, locale: Locale): string {
  return quantity === '1' ? formatMoney(amount, locale) : `${quantity} × ${formatMoney(unitPrice, locale)}`
}
