import type { ReactNode } from 'react'
import { LinkButton } from '@/components/ui/link-button'
import { formatMoney } from '@/lib/money/format'
import { type Money, sum } from '@/lib/money/money'
import type { AttemptView } from '@/lib/payments/attempt'
import { formatDay } from '@/messages/date'
import { wordsIn } from '@/messages/words'
import type { Visitor } from './visitor'

type Props = {
  visitor: Visitor
  toPay: Money
  /** What is charged for all of it, after the credit. */
  charge: Money
  openCount: number
  overdue: Money
  flying: AttemptView[]
  credit: Money
  /** Whether it goes first the next time they pay; else the MSP takes it off in its PSA. */
  isCreditUsed: boolean
  /** Whether the client is concerned with one currency alone. */
  isOnly: boolean
  /** False when there are more open invoices than one payment takes. */
  isWhole: boolean
  payHref: string | undefined
}

/** The amount is the headline: what is to pay now. What is on its way is not in it. */
export function BalanceCard({
  visitor,
  toPay,
  charge,
  credit,
  isCreditUsed,
  openCount,
  overdue,
  flying,
  isOnly,
  isWhole,
  payHref,
}: Props) {
  const { locale, today, tenant } = visitor
  const words = wordsIn(locale)
  const moving = flying.filter(({ amount }) => amount.currency === toPay.currency)
  const lastClears = moving
    .map(({ clearsOn }) => clearsOn)
    .filter((on) => on !== undefined)
    .sort()
    .at(-1)
  return (
    <section
      aria-label={isOnly ? words('portal.balance') : `${words('portal.balance')}, ${toPay.currency}`}
      className="min-w-0 overflow-clip rounded-brand-card border border-hairline bg-surface shadow-1"
    >
      <div className={`grid ${credit.minor > 0n ? 'wide:grid-cols-[1.3fr_1fr_1fr]' : 'wide:grid-cols-[1.3fr_1fr]'}`}>
        <Figure
          isMain
          label={words('portal.toPayNow')}
          note={
            <>
              {words('portal.openInvoices', { count: openCount })}
              {overdue.minor > 0n && (
                <>
                  {', '}
                  <b className="font-medium text-bad">
                    {words('portal.overdueAmount', { amount: formatMoney(overdue, locale) })}
                  </b>
                </>
              )}
            </>
          }
        >
          {formatMoney(toPay, locale)}
        </Figure>
        <Figure
          label={words('portal.onItsWay')}
          note={
            lastClears === undefined
              ? moving.length === 0
                ? words('portal.nothingOnItsWay')
                : ''
              : words('portal.clearsBy', { date: formatDay(lastClears, locale, 'table', today) })
          }
        >
          {formatMoney(
            sum(
              moving.map(({ amount }) => amount),
              toPay.currency,
            ),
            locale,
          )}
        </Figure>
        {credit.minor > 0n && (
          <Figure
            label={words('portal.credit')}
            note={words(isCreditUsed ? 'portal.creditUsed' : 'portal.creditNote', { name: tenant.name })}
          >
            <span className="text-good">{formatMoney(credit, locale)}</span>
          </Figure>
        )}
      </div>
      <div className="flex flex-wrap items-center justify-between gap-3 border-hairline border-t bg-sunken px-4.5 py-3 text-sm text-text-2 wide:px-6">
        <span>
          {toPay.minor === 0n
            ? isOnly && words(moving.length === 0 ? 'portal.allPaid' : 'portal.allOnItsWay')
            : isWhole
              ? words(charge.minor < toPay.minor ? 'portal.afterCredit' : 'portal.paysAll', {
                  amount: formatMoney(charge, locale),
                })
              : ''}
        </span>
        {payHref !== undefined && (
          <span className="flex flex-wrap gap-2">
            {openCount > 1 && (
              <LinkButton size="small" href={visitor.href('/invoices', { show: 'open' })}>
                {words('portal.chooseInvoices')}
              </LinkButton>
            )}
            <LinkButton tone="primary" size="small" href={payHref}>
              {words('portal.payAll', { amount: formatMoney(charge, locale) })}
            </LinkButton>
          </span>
        )}
      </div>
    </section>
  )
}

function Figure(props: { label: string; note: ReactNode; isMain?: boolean; children: ReactNode }) {
  return (
    <div className="grid content-start gap-1 border-hairline p-4.5 wide:px-6 wide:py-5.5 [&+&]:border-t wide:[&+&]:border-t-0 wide:[&+&]:border-l">
      <span className="font-medium text-sm text-text-3">{props.label}</span>
      <span
        className={
          props.isMain === true
            ? 'num font-semibold text-[32px] leading-[38px] tracking-[-0.028em]'
            : 'num font-semibold text-[19px] leading-[26px] tracking-[-0.012em]'
        }
      >
        {props.children}
      </span>
      <span className={props.isMain === true ? 'text-sm text-text-2' : 'text-sm text-text-3'}>{props.note}</span>
    </div>
  )
}
