import { Card } from '@/components/ui/card'
import { CheckField } from '@/components/ui/check-field'
import { SubmitButton } from '@/components/ui/submit-button'
import type { Preferences } from '@/lib/mail/preferences'
import { monthBefore } from '@/lib/mail/statement-month'
import { formatMonth } from '@/messages/date'
import { wordsIn } from '@/messages/words'
import type { Visitor } from '../visitor'
import { saveStatement } from './acts'

type Props = { visitor: Visitor; preferences: Preferences }

/** The month's statement, for whoever wants it mailed: unlike the notices, it is each person's own. */
export function StatementCard({ visitor, preferences: { email, statementFrom } }: Props) {
  const { tenant, locale, lang, today } = visitor
  const words = wordsIn(locale)
  // Without an address there is nowhere to send it; such a person does not come in by mail either.
  if (email === undefined) return null
  const isWaiting = statementFrom !== undefined && statementFrom > monthBefore(today).from
  return (
    <Card title={words('preferences.statement')}>
      <form action={saveStatement.bind(null, tenant.slug, lang)} className="grid gap-4">
        <CheckField
          key={statementFrom}
          name="statement"
          value="monthly"
          defaultChecked={statementFrom !== undefined}
          hint={words('preferences.statementHint', { email })}
        >
          {words('preferences.statementMail')}
        </CheckField>
        {isWaiting && (
          <p className="text-sm text-text-2">
            {words('preferences.statementFirst', { month: formatMonth(statementFrom, locale) })}
          </p>
        )}
        <div>
          <SubmitButton busy={words('preferences.saving')}>{words('preferences.save')}</SubmitButton>
        </div>
      </form>
    </Card>
  )
}
