import { notFound } from 'next/navigation'
import { wordsIn } from '@/messages/words'
import { PortalFrame } from '../portal-frame'
import { isContact, openPortal, portalMetadata } from '../visitor'
import { PasskeysCard } from './passkeys-card'
import { SessionsCard } from './sessions-card'

type Props = { params: Promise<{ msp: string }>; searchParams: Promise<{ lang?: string }> }

export const generateMetadata = portalMetadata((words) => words('security.title'))

/** How this person comes in, and where they are in just now. */
export default async function SecurityPage({ params, searchParams }: Props) {
  const [{ msp }, { lang }] = await Promise.all([params, searchParams])
  const visitor = await openPortal(msp, lang)
  // How somebody signs in is nobody else’s to look at.
  if (!isContact(visitor)) notFound()
  const words = wordsIn(visitor.locale)
  return (
    <PortalFrame visitor={visitor} at="security" path="/security">
      <h1 className="h1">{words('security.title')}</h1>
      <PasskeysCard visitor={visitor} />
      <SessionsCard visitor={visitor} />
    </PortalFrame>
  )
}
