import { notFound } from 'next/navigation'
import { Notice } from '@/components/ui/notice'
import { readPreferences } from '@/lib/mail/preferences'
import { wordsIn } from '@/messages/words'
import { PortalFrame } from '../portal-frame'
import { isContact, openPortal, portalMetadata } from '../visitor'
import { LanguageCard } from './language-card'
import { NoticesCard } from './notices-card'
import { StatementCard } from './statement-card'

type Props = { params: Promise<{ msp: string }>; searchParams: Promise<{ lang?: string; said?: string }> }

export const generateMetadata = portalMetadata((words) => words('preferences.title'))

/** In which language a person is spoken to, and what they are mailed. */
export default async function PreferencesPage({ params, searchParams }: Props) {
  const [{ msp }, { lang, said }] = await Promise.all([params, searchParams])
  const visitor = await openPortal(msp, lang)
  // What somebody asks for themselves is nobody else’s to look at.
  if (!isContact(visitor)) notFound()
  const words = wordsIn(visitor.locale)
  const preferences = await readPreferences(visitor.actor)
  return (
    <PortalFrame visitor={visitor} at="preferences" path="/preferences">
      <h1 className="h1">{words('preferences.title')}</h1>
      {(said === 'language' || said === 'notices' || said === 'statement') && (
        <Notice tone="good" role="status">
          {words(`preferences.said.${said}`)}
        </Notice>
      )}
      <LanguageCard visitor={visitor} preferences={preferences} />
      <NoticesCard visitor={visitor} preferences={preferences} />
      <StatementCard visitor={visitor} preferences={preferences} />
    </PortalFrame>
  )
}
