import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { SelectField } from '@/components/ui/select-field'
import { SubmitButton } from '@/components/ui/submit-button'
import { daysBetween } from '@/lib/base/clock'
import { formatMoney } from '@/lib/money/format'
import { datesFor, type ScheduledView } from '@/lib/payments/scheduled'
import { formatDay } from '@/messages/date'
import { wordsIn } from '@/messages/words'
import type { Visitor } from '../visitor'
import { cancelDate, moveDate } from './schedule-acts'

type Props = { visitor: Visitor; scheduled: ScheduledView }

/** Another date, or none: until it has run. */
export function ChangeScheduled({ visitor, scheduled }: Props) {
  const { tenant, locale, today } = visitor
  const words = wordsIn(locale)
  const dates = datesFor([scheduled.lastOn], today)
  const id = <input type="hidden" name="id" value={scheduled.id} />
  return (
    <div className="grid gap-4">
      {dates.length > 0 && (
        <form action={moveDate.bind(null, tenant.slug, locale)} className="grid grid-cols-[1fr_auto] items-end gap-3">
          {id}
          <SelectField name="on" label={words('when.moveTo')} defaultValue={scheduled.runOn}>
            {dates.map((on) => (
              <option key={on} value={on}>
                {words('when.dateName', {
                  date: formatDay(on, locale, 'table', today),
                  days: daysBetween(today, on),
                })}
              </option>
            ))}
          </SelectField>
          <SubmitButton tone="plain" busy={words('pay.sending')}>
            {words('when.move')}
          </SubmitButton>
        </form>
      )}
      <div>
        <ConfirmDialog
          opener={words('when.cancel')}
          openerTone="danger"
          title={words('when.cancelTitle', { date: formatDay(scheduled.runOn, locale, 'prose', today) })}
          cancel={words('when.keep')}
        >
          <p className="text-md">{words('when.cancelText', { amount: formatMoney(scheduled.amount, locale) })}</p>
          <form action={cancelDate.bind(null, tenant.slug, locale)}>
            {id}
            <SubmitButton tone="danger" busy={words('pay.sending')}>
              {words('when.cancel')}
            </SubmitButton>
          </form>
        </ConfirmDialog>
      </div>
    </div>
  )
}
