import { Card } from '@/components/ui/card'
import { SelectField } from '@/components/ui/select-field'
import { SubmitButton } from '@/components/ui/submit-button'
import { todayIn } from '@/lib/base/clock'
import type { Preferences } from '@/lib/mail/preferences'
import { formatDay } from '@/messages/date'
import { type Locale, localeOf, wordsIn } from '@/messages/words'
import type { Visitor } from '../visitor'
import { saveLanguage } from './acts'

type Props = { visitor: Visitor; preferences: Preferences }

const locales: Locale[] = ['en-US', 'fr-CA']

/** The language of a person, where it is another than the company's; with the day they asked for it. */
export function LanguageCard({ visitor, preferences: { locale: asked, companyLocale } }: Props) {
  const { tenant, locale, company, today } = visitor
  const words = wordsIn(locale)
  const named = (one: Locale) => words(`preferences.languages.${one}`)
  return (
    <Card title={words('preferences.language')}>
      <form action={saveLanguage.bind(null, tenant.slug)} className="grid max-w-105 gap-4">
        <SelectField
          label={words('preferences.language')}
          hint={words('preferences.languageHint')}
          name="locale"
          key={asked?.is}
          defaultValue={asked?.is ?? ''}
        >
          <option value="">
            {words('preferences.company', { company, language: named(localeOf(companyLocale, tenant.locale)) })}
          </option>
          {locales.map((one) => (
            <option key={one} value={one}>
              {named(one)}
            </option>
          ))}
        </SelectField>
        {asked !== undefined && (
          <p className="text-sm text-text-2">
            {words('preferences.asked', {
              language: named(asked.is),
              date: formatDay(todayIn(tenant.timeZone, asked.setAt), locale, 'document', today),
            })}
          </p>
        )}
        <div>
          <SubmitButton busy={words('preferences.saving')}>{words('preferences.save')}</SubmitButton>
        </div>
      </form>
    </Card>
  )
}
