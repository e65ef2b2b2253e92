import { Lock } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import { CheckField } from '@/components/ui/check-field'
import { SubmitButton } from '@/components/ui/submit-button'
import { lockOf, notices, optionalNotices } from '@/lib/mail/notice'
import type { Preferences } from '@/lib/mail/preferences'
import { wordsIn } from '@/messages/words'
import type { Visitor } from '../visitor'
import { saveNotices } from './acts'

type Props = { visitor: Visitor; preferences: Preferences }

/** What is mailed to whom. Whoever gets it may do without some; the rest says why it always comes. */
export function NoticesCard({ visitor, preferences: { recipient, getsInvoices, email = '', switchedOff } }: Props) {
  const { tenant, locale, company, lang } = visitor
  const words = wordsIn(locale)
  const facts = { company, msp: tenant.name }
  const isSelf = recipient?.isSelf === true
  // Of what does not come to them there is nothing to choose; what they chose before stays.
  const offered = optionalNotices.filter((notice) => isSelf || notice === 'invoice')
  const kept = optionalNotices.filter((notice) => !offered.includes(notice) && !switchedOff.includes(notice))
  const whom =
    recipient === undefined
      ? words('preferences.nobody', facts)
      : isSelf
        ? words('preferences.mine', { ...facts, email: recipient.email })
        : words(getsInvoices ? 'preferences.both' : 'preferences.theirs', { ...facts, name: recipient.name, email })
  return (
    <Card title={words('preferences.notices')}>
      <div className="grid gap-5">
        <p className="text-text-2">{whom}</p>
        {(isSelf || getsInvoices) && (
          <form action={saveNotices.bind(null, tenant.slug, lang)} className="grid gap-4">
            {kept.map((notice) => (
              <input key={notice} type="hidden" name="notice" value={notice} />
            ))}
            {offered.map((notice) => (
              <CheckField
                key={`${notice} ${switchedOff.includes(notice)}`}
                name="notice"
                value={notice}
                defaultChecked={!switchedOff.includes(notice)}
                {...(notice === 'invoice' ? { hint: words('preferences.hint.invoice') } : {})}
              >
                {words(`preferences.notice.${notice}`)}
              </CheckField>
            ))}
            <div>
              <SubmitButton busy={words('preferences.saving')}>{words('preferences.save')}</SubmitButton>
            </div>
          </form>
        )}
        <ul className="grid gap-4 border-hairline border-t pt-5">
          {notices.map((notice) => {
            const lock = lockOf(notice)
            if (lock === undefined) return null
            return (
              <li key={notice} className="grid gap-1">
                <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
                  {words(`preferences.notice.${notice}`)}
                  <Badge icon={Lock}>{words('preferences.always')}</Badge>
                </p>
                <p className="text-sm text-text-3">{words(`preferences.why.${lock}`)}</p>
              </li>
            )
          })}
        </ul>
      </div>
    </Card>
  )
}
