import { Card } from '@/components/ui/card'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Notice } from '@/components/ui/notice'
import { SubmitButton } from '@/components/ui/submit-button'
import type { AutopayNext, AutopayView } from '@/lib/autopay/autopay'
import { formatMoney } from '@/lib/money/format'
import { formatDay } from '@/messages/date'
import { methodName } from '@/messages/method-name'
import { wordsIn } from '@/messages/words'
import type { Visitor } from '../visitor'
import { endAutomatic } from './acts'

/** What is charged by itself: with what, up to how much, what comes next and why not, and the way to end it. */
export function AutopayCard({ visitor, autopay, mayAct }: { visitor: Visitor; autopay: AutopayView; mayAct: boolean }) {
  const { tenant, locale, today } = visitor
  const words = wordsIn(locale)
  const { id, methodLabel, cap, sinceOn, noticeDays, failed, isMethodGone, next } = autopay
  const method = methodName(methodLabel, locale)
  const day = (on: string) => formatDay(on, locale, 'prose', today)
  const says = (one: AutopayNext) => {
    const chosen = one.method === undefined ? undefined : methodName(one.method, locale)
    if (one.do === 'ask') return words(`autopay.ask.${one.because}`, { number: one.number, method: chosen ?? method })
    const charge = words(kindOf(one), {
      ...{ number: one.number, date: day(one.runOn), notice: day(one.noticeOn) },
      credit: formatMoney(one.credit, locale),
    })
    return chosen === undefined || one.amount.minor === 0n
      ? charge
      : `${charge} ${words('autopay.chargeTo', { method: chosen })}`
  }
  return (
    <Card title={words('autopay.heading')}>
      <div className="grid gap-4">
        <div className="grid gap-1">
          <p>
            {cap === undefined
              ? words('autopay.onText', { method })
              : words('autopay.onTextCap', { method, amount: formatMoney(cap, locale) })}
          </p>
          <p className="text-sm text-text-2">{words('autopay.since', { date: day(sinceOn), days: noticeDays })}</p>
        </div>
        {isMethodGone && <Notice tone="warn">{words('autopay.gone', { method })}</Notice>}
        {failed !== undefined && (
          <Notice tone="bad">{words('autopay.failed', { date: day(failed.on), number: failed.number })}</Notice>
        )}
        <div className="grid gap-1 text-sm">
          <h3 className="font-medium">{words('autopay.next')}</h3>
          {next.length === 0 ? (
            <p className="text-text-2">{words('autopay.noNext')}</p>
          ) : (
            <ul className="grid gap-1 text-text-2">
              {next.map((one) => (
                <li key={one.invoiceId} className="flex flex-wrap justify-between gap-x-4">
                  <span>{says(one)}</span>
                  <span className="num">{formatMoney(one.amount, locale)}</span>
                </li>
              ))}
            </ul>
          )}
        </div>
        {mayAct && (
          <div>
            <ConfirmDialog
              opener={words('autopay.end')}
              openerTone="danger"
              openerSize="small"
              title={words('autopay.endTitle')}
              cancel={words('autopay.keep')}
            >
              <p className="text-md">{words('autopay.endText')}</p>
              <form action={endAutomatic.bind(null, tenant.slug)}>
                <input type="hidden" name="id" value={id} />
                <SubmitButton tone="danger" busy={words('pay.sending')}>
                  {words('autopay.end')}
                </SubmitButton>
              </form>
            </ConfirmDialog>
          </div>
        )}
      </div>
    </Card>
  )
}

function kindOf({ amount, credit }: Extract<AutopayNext, { do: 'charge' }>) {
  if (amount.minor === 0n) return 'autopay.chargeCovered'
  return credit.minor > 0n ? 'autopay.chargeCredit' : 'autopay.charge'
}
