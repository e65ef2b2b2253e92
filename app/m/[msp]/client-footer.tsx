import type { Tenant } from '@/lib/tenancy/tenant'
import { type Locale, wordsIn } from '@/messages/words'

type Props = { tenant: Tenant; locale: Locale; otherLanguage: string }

export function ClientFooter({ tenant, locale, otherLanguage }: Props) {
  const words = wordsIn(locale)
  const { postalAddress, supportPhone, supportEmail, helpLine } = tenant.brand
  const address = [tenant.name, postalAddress].filter((part) => part !== '').join(', ')
  return (
    <footer className="mx-auto flex w-full max-w-270 flex-wrap items-baseline gap-x-5 gap-y-1 px-4 pb-8 text-sm text-text-3 leading-6 wide:px-6 wide:pb-10 [&_a]:text-text-3 [&_a]:underline max-wide:[&_a]:py-2.5">
      {helpLine[locale] !== '' && <p className="w-full">{helpLine[locale]}</p>}
      <span>{address}</span>
      {supportPhone !== '' && <span className="num">{supportPhone}</span>}
      {supportEmail !== '' && <a href={`mailto:${supportEmail}`}>{supportEmail}</a>}
      <a href={otherLanguage} lang={locale === 'fr-CA' ? 'en' : 'fr'} hrefLang={locale === 'fr-CA' ? 'en' : 'fr'}>
        {words('frame.otherLanguage')}
      </a>
      <a href={`/m/${tenant.slug}/accessibility?lang=${locale === 'fr-CA' ? 'fr' : 'en'}`}>
        {words('frame.accessibility')}
      </a>
      <a href={`/m/${tenant.slug}/privacy?lang=${locale === 'fr-CA' ? 'fr' : 'en'}`}>{words('frame.privacy')}</a>
    </footer>
  )
}
