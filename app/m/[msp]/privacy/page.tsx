import type { Metadata } from 'next'
import type { Retention } from '@/lib/tenancy/retention'
import { localeOf, type Words, wordsIn } from '@/messages/words'
import { ClientSurface } from '../client-surface'
import { findMsp } from '../msp'

type Props = { params: Promise<{ msp: string }>; searchParams: Promise<{ lang?: string }> }

const parts = ['kept', 'why', 'who'] as const

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const [{ msp }, { lang }] = await Promise.all([params, searchParams])
  const { name, locale } = await findMsp(msp)
  return { title: { absolute: `${wordsIn(localeOf(lang, locale))('privacy.title')}, ${name}` } }
}

/** What is kept about whoever uses these pages, why, for whom to see, for how long, and what they may ask for. */
export default async function PrivacyPage({ params, searchParams }: Props) {
  const [{ msp }, { lang }] = await Promise.all([params, searchParams])
  const tenant = await findMsp(msp)
  const locale = localeOf(lang, tenant.locale)
  const words = wordsIn(locale)
  const { supportEmail, supportPhone } = tenant.brand
  const otherLanguage = `/m/${msp}/privacy?lang=${locale === 'fr-CA' ? 'en' : 'fr'}`
  return (
    <ClientSurface tenant={tenant} locale={locale} otherLanguage={otherLanguage}>
      <main id="main" className="mx-auto grid w-full max-w-180 gap-6 px-4 pt-8 pb-12 wide:px-6 wide:pt-14">
        <h1 className="h1">{words('privacy.title')}</h1>
        {parts.map((part) => (
          <section key={part} className="grid gap-1.5">
            <h2 className="h2">{words(`privacy.${part}Title`)}</h2>
            <p className="text-text-2">{words(`privacy.${part}`, { name: tenant.name })}</p>
          </section>
        ))}
        <section className="grid gap-1.5">
          <h2 className="h2">{words('privacy.longTitle')}</h2>
          <dl className="grid">
            {periodsOf(tenant.settings.retention, words, tenant.name).map(([what, long]) => (
              <div key={what} className="grid gap-x-6 border-hairline border-b py-2.5 wide:grid-cols-2 first:border-t">
                <dt>{what}</dt>
                <dd className="text-text-2">{long}</dd>
              </div>
            ))}
          </dl>
        </section>
        <section className="grid gap-1.5">
          <h2 className="h2">{words('privacy.askTitle')}</h2>
          <p className="text-text-2">{words('privacy.ask', { name: tenant.name })}</p>
          <p className="flex flex-wrap gap-x-5 gap-y-1">
            {supportEmail !== '' && <a href={`mailto:${supportEmail}`}>{supportEmail}</a>}
            {supportPhone !== '' && <span className="num">{supportPhone}</span>}
          </p>
        </section>
      </main>
    </ClientSurface>
  )
}

/** Each kind of what is kept, and how long: as the nightly round goes by it. */
function periodsOf(
  { signInMonths, challengeDays, mailMonths, mandateYears }: Retention,
  words: Words,
  name: string,
): [what: string, long: string][] {
  return [
    [words('privacy.person'), words('privacy.personLong', { name })],
    [words('privacy.signIns'), words('privacy.afterMonths', { count: signInMonths })],
    [words('privacy.challenges'), words('privacy.afterDays', { count: challengeDays })],
    [words('privacy.mails'), words('privacy.afterMonths', { count: mailMonths })],
    [words('privacy.mandates'), words('privacy.afterYears', { count: mandateYears })],
    [words('privacy.books'), words('privacy.booksLong', { name })],
  ]
}
