import { ArrowRight } from 'lucide-react'
import type { ReactNode } from 'react'
import type { PlainDate } from '@/lib/base/clock'
import type { Proration, ServiceChange } from '@/lib/billing/agreement-changes'
import { formatMoney } from '@/lib/money/format'
import { formatDay } from '@/messages/date'
import { type Locale, wordsIn } from '@/messages/words'
import { countText } from './count-text'

type Props = { change: ServiceChange; locale: Locale; today: PlainDate }

/** One service: its count and price before and now, what that makes, since when, and why it is billed in part. */
export function ChangeRow({ change, locale, today }: Props) {
  const words = wordsIn(locale)
  const { kind, description, before, after, difference, changedOn, proration } = change
  const name = kind === 'time' || kind === 'expense' ? words(`agreement.kinds.${kind}`) : description
  const hasNewPrice =
    before.unitPrice !== undefined && after.unitPrice !== undefined && before.unitPrice.minor !== after.unitPrice.minor
  const day = changedOn === undefined ? undefined : formatDay(changedOn, locale, 'plain', today)
  const counts = (
    <>
      {before.quantity !== after.quantity && (
        <FromTo from={countText(before.quantity, locale)} to={countText(after.quantity, locale)} locale={locale} />
      )}
      {hasNewPrice && before.unitPrice !== undefined && after.unitPrice !== undefined && (
        <FromTo
          from={formatMoney(before.unitPrice, locale)}
          to={`${formatMoney(after.unitPrice, locale)} ${words('agreement.each')}`}
          locale={locale}
        />
      )}
    </>
  )
  return (
    <tr>
      <td className="py-1.5 pr-3 align-top">
        {name}
        <div className="num text-sm text-text-2 wide:hidden">{counts}</div>
        {proration !== undefined ? (
          <p className="text-sm text-text-3">{partWords(proration, locale, today)}</p>
        ) : (
          day !== undefined && (
            <p className="text-sm text-text-3">
              {words(after.quantity === '0' ? 'agreement.ended' : 'agreement.since', { date: day })}
            </p>
          )
        )}
      </td>
      <td className="num whitespace-nowrap px-2 py-1.5 align-top text-text-2 max-wide:hidden">{counts}</td>
      <td className="num whitespace-nowrap py-1.5 pl-3 text-right align-top font-medium">
        {formatMoney(difference, locale, { sign: true })}
      </td>
    </tr>
  )
}

/** Before and now, with the arrow in words for whoever hears it. */
export function FromTo({ from, to, locale }: { from: ReactNode; to: ReactNode; locale: Locale }) {
  return (
    <p>
      {from} <ArrowRight aria-hidden size={14} className="inline text-text-3" />
      <span className="sr-only">{wordsIn(locale)('agreement.to')}</span> {to}
    </p>
  )
}

function partWords({ charged, whole, since, until }: Proration, locale: Locale, today: PlainDate): string {
  const words = wordsIn(locale)
  const amounts = { charged: formatMoney(charged, locale), whole: formatMoney(whole, locale) }
  const on = (day: PlainDate) => ({ ...amounts, date: formatDay(day, locale, 'plain', today) })
  if (since !== undefined) return words('agreement.partSince', on(since))
  return until === undefined ? words('agreement.part', amounts) : words('agreement.partUntil', on(until))
}
