import type { Metadata } from 'next'
import { localeOf, wordsIn } from '@/messages/words'
import { ClientSurface } from '../client-surface'
import { findMsp } from '../msp'

type Props = { params: Promise<{ msp: string }>; searchParams: Promise<{ lang?: string }> }

const parts = ['standard', 'held', 'limits', 'help'] as const

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const [{ msp }, { lang }] = await Promise.all([params, searchParams])
  const { name, locale } = await findMsp(msp)
  return { title: { absolute: `${wordsIn(localeOf(lang, locale))('accessibility.title')}, ${name}` } }
}

/** How far the pages clients use conform to WCAG, what holds them to it, where they fall short, and whom to tell. */
export default async function AccessibilityPage({ params, searchParams }: Props) {
  const [{ msp }, { lang }] = await Promise.all([params, searchParams])
  const tenant = await findMsp(msp)
  const locale = localeOf(lang, tenant.locale)
  const words = wordsIn(locale)
  const { supportEmail, supportPhone } = tenant.brand
  const otherLanguage = `/m/${msp}/accessibility?lang=${locale === 'fr-CA' ? 'en' : 'fr'}`
  return (
    <ClientSurface tenant={tenant} locale={locale} otherLanguage={otherLanguage}>
      <main id="main" className="mx-auto grid w-full max-w-180 gap-6 px-4 pt-8 pb-12 wide:px-6 wide:pt-14">
        <h1 className="h1">{words('accessibility.title')}</h1>
        {parts.map((part) => (
          <section key={part} className="grid gap-1.5">
            <h2 className="h2">{words(`accessibility.${part}Title`)}</h2>
            <p className="text-text-2">{words(`accessibility.${part}`, { name: tenant.name })}</p>
          </section>
        ))}
        <p className="flex flex-wrap gap-x-5 gap-y-1">
          {supportEmail !== '' && <a href={`mailto:${supportEmail}`}>{supportEmail}</a>}
          {supportPhone !== '' && <span className="num">{supportPhone}</span>}
        </p>
      </main>
    </ClientSurface>
  )
}
