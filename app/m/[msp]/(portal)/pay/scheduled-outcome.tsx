import { Ban, CalendarClock, CircleCheck, TriangleAlert } from 'lucide-react'
import { ResultFrame } from '@/components/checkout/result-frame'
import { Sums } from '@/components/money/sums'
import { Card } from '@/components/ui/card'
import { LinkButton } from '@/components/ui/link-button'
import { mayPay } from '@/lib/access/actor'
import { minus, zero } from '@/lib/money/money'
import { getScheduled } from '@/lib/payments/list-scheduled'
import { creditGone, type ScheduledView } from '@/lib/payments/scheduled'
import { formatDay } from '@/messages/date'
import { methodName } from '@/messages/method-name'
import { wordsIn } from '@/messages/words'
import { orNotFound } from '../../or-not-found'
import type { Visitor } from '../visitor'
import { ChangeScheduled } from './change-scheduled'
import { PortalOutcome } from './portal-outcome'

/** A payment that was set for a date: how it stands, and while it waits, the way to move or cancel it. */
export async function ScheduledOutcome({ visitor, scheduleId }: { visitor: Visitor; scheduleId: string }) {
  const { actor, locale, today, href } = visitor
  const words = wordsIn(locale)
  const scheduled = await orNotFound(getScheduled(actor, scheduleId))
  const paidBy = scheduled.endedReason === 'credit' ? scheduled.id : scheduled.attemptId
  if (paidBy !== undefined) return <PortalOutcome visitor={visitor} attemptId={paidBy} />
  const look = looks[scheduled.state === 'started' ? 'failed' : scheduled.state]
  return (
    <div className="mx-auto grid w-full max-w-130 gap-6 wide:py-5">
      <ResultFrame tone={look.tone} icon={look.icon} title={titleOf(scheduled)} text={textOf(scheduled)}>
        <Card foot={scheduled.state === 'scheduled' ? words('when.foot') : undefined}>
          <Sums
            locale={locale}
            sums={[
              ...scheduled.parts.map(({ invoiceId, number, amount }) => ({
                key: invoiceId,
                label: words('result.invoice', { number }),
                amount,
                weight: 'quiet' as const,
              })),
              ...(scheduled.credit.minor > 0n
                ? [
                    {
                      ...{ key: 'credit', label: words('order.creditUsed'), weight: 'quiet' as const },
                      amount: minus(zero(scheduled.credit.currency), scheduled.credit),
                    },
                  ]
                : []),
              {
                key: 'total',
                label: methodName(scheduled.methodLabel, locale),
                amount: scheduled.amount,
                weight: 'total' as const,
              },
            ]}
          />
        </Card>
        {scheduled.state === 'scheduled' && mayPay(actor) && (
          <ChangeScheduled visitor={visitor} scheduled={scheduled} />
        )}
      </ResultFrame>
      <p>
        <LinkButton href={href('/invoices')}>{words('portal.allInvoices')}</LinkButton>
      </p>
    </div>
  )

  function titleOf({ state, runOn }: ScheduledView): string {
    const date = formatDay(runOn, locale, 'prose', today)
    return words(`when.title_${state === 'started' ? 'failed' : state}`, { date })
  }

  function textOf({ state, endedReason, methodType }: ScheduledView): string {
    if (state === 'scheduled') return words(methodType === 'card' ? 'when.textCard' : 'when.textBank')
    if (state === 'not_needed')
      return words(endedReason === 'void' ? 'when.void' : endedReason === 'on_its_way' ? 'when.onItsWay' : 'when.paid')
    if (state === 'canceled' && endedReason === 'autopay_ended') return words('when.autopayEnded')
    if (state === 'canceled' && endedReason === creditGone) return words('when.creditGone')
    if (state === 'canceled') return words(endedReason === 'replaced' ? 'when.replaced' : 'when.canceledText')
    return words(endedReason === creditGone ? 'when.creditUsed' : 'when.failedText')
  }
}

const looks = {
  scheduled: { tone: 'move', icon: CalendarClock },
  not_needed: { tone: 'good', icon: CircleCheck },
  canceled: { tone: 'warn', icon: Ban },
  failed: { tone: 'warn', icon: TriangleAlert },
} as const
