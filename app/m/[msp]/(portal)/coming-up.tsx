import Link from 'next/link'
import { Card } from '@/components/ui/card'
import type { AutopayView } from '@/lib/autopay/autopay'
import type { PlainDate } from '@/lib/base/clock'
import type { InvoiceRow } from '@/lib/billing/invoice'
import { formatMoney } from '@/lib/money/format'
import type { Money } from '@/lib/money/money'
import type { AttemptView } from '@/lib/payments/attempt'
import type { ScheduledView } from '@/lib/payments/scheduled'
import { formatLeaf } from '@/messages/date'
import { methodName } from '@/messages/method-name'
import { listOf, wordsIn } from '@/messages/words'
import type { Visitor } from './visitor'

const shownMax = 4

type Entry = { key: string; on: PlainDate; what: string; detail: string; amount: Money; href?: string }

type Props = {
  flying: AttemptView[]
  open: InvoiceRow[]
  scheduled: ScheduledView[]
  autopay: AutopayView | undefined
  visitor: Visitor
}

/** The next dates that matter: payments that are set, debits that clear, invoices that fall due. Nothing, when there are none. */
export function ComingUp({ flying, open, scheduled, autopay, visitor }: Props) {
  const { locale, today, href: to } = visitor
  const words = wordsIn(locale)
  const debits = flying.flatMap(({ id, clearsOn, amount, allocations }): Entry[] => {
    const numbers = listOf(
      allocations.map(({ number }) => number),
      locale,
    )
    const what = words('portal.debitClears')
    return clearsOn === undefined ? [] : [{ key: id, on: clearsOn, what, detail: numbers, amount }]
  })
  const automatic = (autopay?.next ?? []).flatMap((one): Entry[] => {
    if (autopay === undefined) return []
    const { invoiceId, number, amount, dueOn } = one
    const entry = { key: invoiceId, amount, href: to('/methods') }
    const method = methodName(autopay.methodLabel, locale)
    return one.do === 'charge'
      ? [{ ...entry, on: one.runOn, ...automaticWords(one, number, method) }]
      : [
          {
            ...{ ...entry, on: dueOn, what: `${words('portal.invoice')} ${number}` },
            detail: words(`autopay.ask.${one.because}`, { number, method }),
          },
        ]
  })
  const due = open
    .filter(({ id, dueOn }) => dueOn >= today && !automatic.some(({ key }) => key === id))
    .map(({ id, dueOn, balance, number, agreementName }): Entry => {
      const what = agreementName ?? `${words('portal.invoice')} ${number}`
      return { key: id, on: dueOn, what, detail: words('portal.falls'), amount: balance }
    })
  const set = scheduled.map(({ id, runOn, methodLabel, amount, credit, parts, isAutomatic }): Entry => {
    const numbers = listOf(
      parts.map(({ number }) => number),
      locale,
    )
    const method = methodName(methodLabel, locale)
    const said = isAutomatic
      ? automaticWords({ amount, credit }, numbers, method)
      : { what: words('when.comingUp', { method }), detail: numbers }
    return { key: id, on: runOn, ...said, amount, href: to('/pay', { scheduled: id }) }
  })
  const entries = [...set, ...automatic, ...debits, ...due]
    .toSorted((a, b) => a.on.localeCompare(b.on))
    .slice(0, shownMax)
  if (entries.length === 0) return null
  return (
    <Card flush title={words('portal.comingUp')}>
      <ul className="text-md">
        {entries.map(({ key, on, what, detail, amount, href }) => {
          const { month, day } = formatLeaf(on, locale)
          return (
            <li
              key={key}
              className="grid grid-cols-[48px_1fr_auto] items-center gap-x-3.5 border-hairline px-4.5 py-3.5 wide:grid-cols-[52px_1fr_auto] wide:px-6 [&+&]:border-t"
            >
              <time
                dateTime={on}
                className="grid rounded-brand border border-hairline-strong py-1 text-center text-[11px] text-text-3 leading-[15px]"
              >
                {month}
                <b className="font-semibold text-[17px] text-text leading-[21px]">{day}</b>
              </time>
              <span className="min-w-0">
                {href === undefined ? (
                  <span className="font-medium">{what}</span>
                ) : (
                  <Link href={href} prefetch={false} className="font-medium">
                    {what}
                  </Link>
                )}
                <span className="block text-sm text-text-3">{detail}</span>
              </span>
              <span className="num font-medium">{formatMoney(amount, locale)}</span>
            </li>
          )
        })}
      </ul>
    </Card>
  )

  /** What is charged by itself, why, and what of it the client's credit pays. */
  function automaticWords({ amount, credit }: { amount: Money; credit: Money }, number: string, method: string) {
    const values = { number, credit: formatMoney(credit, locale) }
    if (amount.minor === 0n)
      return { what: words('autopay.comingUpCovered'), detail: words('autopay.comingUpCoveredWhy', values) }
    const why = credit.minor > 0n ? 'autopay.comingUpCredit' : 'autopay.comingUpWhy'
    return { what: words('autopay.comingUp', { method }), detail: words(why, values) }
  }
}
