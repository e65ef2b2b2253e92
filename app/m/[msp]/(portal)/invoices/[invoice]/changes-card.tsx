import Link from 'next/link'
import type { ReactNode } from 'react'
import { Card } from '@/components/ui/card'
import type { PlainDate } from '@/lib/base/clock'
import type { AgreementOfInvoice } from '@/lib/billing/agreement-of-invoice'
import { formatMoney } from '@/lib/money/format'
import type { Money } from '@/lib/money/money'
import { formatDay } from '@/messages/date'
import { type Locale, wordsIn } from '@/messages/words'
import { ChangeRow, FromTo } from './change-row'

type Props = {
  previous: NonNullable<AgreementOfInvoice['previous']>
  /** The address of the invoice before. */
  href: string
  locale: Locale
  today: PlainDate
}

/** Why this invoice of an agreement differs from the one before, line by line, adding up to the difference. */
export function ChangesCard({ previous, href, locale, today }: Props) {
  const words = wordsIn(locale)
  const { number, issuedOn, total, changes } = previous
  const { difference, services, tax, rest, oneTime } = changes
  const facts = {
    ...{ number, date: formatDay(issuedOn, locale, 'plain', today) },
    link: (text: ReactNode) => <Link href={href}>{text}</Link>,
  }
  const isSame = services.length === 0 && difference.minor === 0n && tax.difference.minor === 0n
  const taxes = <FromTo from={formatMoney(tax.before, locale)} to={formatMoney(tax.after, locale)} locale={locale} />
  return (
    <Card
      title={words('agreement.changed', { date: facts.date })}
      aside={<span className="num font-semibold">{signed(difference, locale)}</span>}
      {...(oneTime.minor > 0n ? { foot: words('agreement.outside', { amount: formatMoney(oneTime, locale) }) } : {})}
    >
      <div className="grid gap-5">
        <p className="prose-links text-pretty text-text-2">
          {isSame
            ? words.rich('agreement.same', facts)
            : words.rich('agreement.was', { ...facts, amount: formatMoney(total, locale) })}
        </p>
        {!isSame && (
          <table className="w-full border-collapse text-md">
            <caption className="sr-only">{words('agreement.changed', { date: facts.date })}</caption>
            <thead className="sr-only">
              <tr>
                <th scope="col">{words('agreement.service')}</th>
                <th scope="col" className="max-wide:hidden">
                  {words('agreement.count')}
                </th>
                <th scope="col">{words('agreement.difference')}</th>
              </tr>
            </thead>
            <tbody>
              {services.map((change) => (
                <ChangeRow key={`${change.kind} ${change.description}`} change={change} locale={locale} today={today} />
              ))}
              {tax.difference.minor !== 0n && (
                <tr>
                  <td className={nameLook}>
                    {words('agreement.tax')}
                    <div className="num text-sm text-text-2 wide:hidden">{taxes}</div>
                  </td>
                  <td className={countLook}>{taxes}</td>
                  <td className={amountLook}>{signed(tax.difference, locale)}</td>
                </tr>
              )}
              {rest.minor !== 0n && (
                <tr>
                  <td className={nameLook}>{words('agreement.rest')}</td>
                  <td className={countLook} />
                  <td className={amountLook}>{signed(rest, locale)}</td>
                </tr>
              )}
            </tbody>
            <tfoot>
              <tr className="border-hairline-strong border-t font-semibold">
                <th scope="row" className="pt-2.5 text-left font-semibold">
                  {words('agreement.against', { number })}
                </th>
                <td className="max-wide:hidden" />
                <td className={`${amountLook} pt-2.5`}>{signed(difference, locale)}</td>
              </tr>
            </tfoot>
          </table>
        )}
      </div>
    </Card>
  )
}

const nameLook = 'py-1.5 pr-3 align-top'
const countLook = 'num whitespace-nowrap px-2 py-1.5 align-top text-text-2 max-wide:hidden'
const amountLook = 'num whitespace-nowrap py-1.5 pl-3 text-right align-top font-medium'

function signed(amount: Money, locale: Locale): string {
  return formatMoney(amount, locale, { sign: true })
}
