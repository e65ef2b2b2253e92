import type { WordedKind } from '@/lib/mail/wording'
import type { Locale } from '@/messages/words'
import { FilterTabs } from '../../../filter-tabs'
import { languages } from '../mail-names'

export function LanguageTabs({ kind, here }: { kind: WordedKind; here: Locale }) {
  return (
    <FilterTabs
      name="Language"
      tabs={(['en-US', 'fr-CA'] as const).map((locale) => ({
        name: languages[locale],
        href: `/console/settings/mail/${kind}?language=${locale}`,
        here: locale === here,
      }))}
    />
  )
}
