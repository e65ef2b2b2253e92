import Link from 'next/link'
import { SelectField } from '@/components/ui/select-field'
import { SubmitButton } from '@/components/ui/submit-button'
import type { AgreementMethod } from '@/lib/payments/agreement-method'
import { canCharge, type MethodView } from '@/lib/payments/method'
import type { ScheduledView } from '@/lib/payments/scheduled'
import { formatDay } from '@/messages/date'
import { methodName } from '@/messages/method-name'
import { listOf, wordsIn } from '@/messages/words'
import type { Visitor } from '../visitor'
import { replace } from './acts'

type Props = {
  visitor: Visitor
  method: MethodView
  others: MethodView[]
  scheduled: ScheduledView[]
  agreements: AgreementMethod[]
  mayAct: boolean
}

/** What still needs it, so that it cannot be removed yet, and the two ways to free it. */
export function NeedsOfMethod({ visitor, method, others, scheduled, agreements, mayAct }: Props) {
  const { tenant, locale, today, href } = visitor
  const words = wordsIn(locale)
  const good = others.filter(
    (other) => canCharge(other, today) && scheduled.every(({ runOn }) => canCharge(other, runOn)),
  )
  return (
    <div className="grid gap-3 rounded-brand bg-sunken px-3.5 py-3 text-sm wide:col-span-2">
      {scheduled.length > 0 && <p>{words('methods.needed')}</p>}
      {agreements.length > 0 && <p>{words('methods.neededByAgreements')}</p>}
      <ul className="grid gap-1">
        {scheduled.map(({ id, runOn, parts }) => (
          <li key={id}>
            <Link href={href('/pay', { scheduled: id })} prefetch={false}>
              {words('methods.neededBy', {
                date: formatDay(runOn, locale, 'prose', today),
                invoices: words('mail.invoiceWord', {
                  count: parts.length,
                  numbers: listOf(
                    parts.map(({ number }) => number),
                    locale,
                  ),
                }),
              })}
            </Link>
          </li>
        ))}
        {agreements.map(({ agreementId, name }) => (
          <li key={agreementId}>{words('methods.neededByAgreement', { agreement: name })}</li>
        ))}
      </ul>
      {mayAct && good.length > 0 && (
        <form action={replace.bind(null, tenant.slug)} className="grid items-end gap-3 wide:grid-cols-[1fr_auto]">
          <input type="hidden" name="id" value={method.id} />
          <SelectField name="by" label={words('methods.replaceBy')}>
            {good.map((other) => (
              <option key={other.id} value={other.id}>
                {other.nickname ?? methodName(other.label, locale)}
              </option>
            ))}
          </SelectField>
          <SubmitButton tone="plain" busy={words('pay.sending')}>
            {words('methods.replace')}
          </SubmitButton>
        </form>
      )}
    </div>
  )
}
