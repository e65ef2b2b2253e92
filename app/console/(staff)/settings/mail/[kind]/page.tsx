import { notFound } from 'next/navigation'
import { PageHeader } from '@/components/ui/page-header'
import { mayManage } from '@/lib/access/actor'
import { requireStaff } from '@/lib/access/require-staff'
import { todayIn } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { fromTenant } from '@/lib/mail/from-tenant'
import { type KeptWording, listWordings } from '@/lib/mail/keep-wording'
import { ourWording, typedOf } from '@/lib/mail/our-wording'
import { sampleMail } from '@/lib/mail/sample-mail'
import { isWordedKind } from '@/lib/mail/wording'
import { getTenant } from '@/lib/tenancy/queries'
import { localeOf } from '@/messages/words'
import { at } from '../../../when'
import { SettingsFrame } from '../../settings-frame'
import { languages, mailNames } from '../mail-names'
import { LanguageTabs } from './language-tabs'
import { WordsEditor } from './words-editor'

export const metadata = { title: 'Mail' }

type Props = { params: Promise<{ kind: string }>; searchParams: Promise<{ language?: string }> }

/** The words of one mail in one language. */
export default async function WordsPage({ params, searchParams }: Props) {
  const actor = await requireStaff()
  const [{ kind }, { language }] = await Promise.all([params, searchParams])
  if (!isWordedKind(kind)) notFound()
  const tenant = await withTenant(actor.tenantId, getTenant)
  const locale = localeOf(language, tenant.locale)
  const versions = await withTenant(actor.tenantId, (tx) => listWordings(tx, kind, locale))
  const { name, keeps } = mailNames[kind]
  const about = { sender: tenant, locale, today: todayIn(tenant.timeZone), currency: tenant.currency, url: '#' }
  const shown = (version: KeptWording) => ({
    version: version.version,
    madeBy: version.madeBy,
    madeAt: at(version.createdAt, tenant.timeZone),
    typed: typedOf(kind, locale, version),
    isOurs: version.subject === null && version.opening === null && version.closing === null,
  })
  return (
    <SettingsFrame here="/console/settings/mail" below={[{ name }]}>
      <PageHeader title={name} sub={`${keeps} These are the words in ${languages[locale]}.`} />
      <LanguageTabs kind={kind} here={locale} />
      <WordsEditor
        key={locale}
        {...{ kind, locale }}
        ours={ourWording(kind, locale)}
        versions={versions.map(shown)}
        samples={sampleMail(kind, about).values}
        from={fromTenant(tenant).fromName}
        canManage={mayManage(actor)}
      />
    </SettingsFrame>
  )
}
