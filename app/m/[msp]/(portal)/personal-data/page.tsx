import { Download } from 'lucide-react'
import { notFound } from 'next/navigation'
import { buttonLook } from '@/components/ui/button-look'
import { Card } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'
import { readOwnRefusal, readOwnRequest } from '@/lib/privacy/ask-erasure'
import { wordsIn } from '@/messages/words'
import { PortalFrame } from '../portal-frame'
import { isContact, openPortal, portalMetadata } from '../visitor'
import { ErasureCard } from './erasure-card'

type Props = { params: Promise<{ msp: string }>; searchParams: Promise<{ lang?: string; said?: string }> }

export const generateMetadata = portalMetadata((words) => words('portal.personalData'))

/** What is kept about whoever reads this: a copy of it, and the way to have it erased. */
export default async function PersonalDataPage({ params, searchParams }: Props) {
  const [{ msp }, { lang, said }] = await Promise.all([params, searchParams])
  const visitor = await openPortal(msp, lang)
  // It is about the person, and nobody else’s to look at.
  if (!isContact(visitor)) notFound()
  const { tenant, locale, href } = visitor
  const words = wordsIn(locale)
  const facts = { name: tenant.name }
  const [askedAt, refusal] = await Promise.all([readOwnRequest(visitor.actor), readOwnRefusal(visitor.actor)])
  return (
    <PortalFrame visitor={visitor} at="personalData" path="/personal-data">
      <div className="grid gap-1">
        <h1 className="h1">{words('portal.personalData')}</h1>
        <p className="text-text-2">{words('personalData.lead', facts)}</p>
      </div>
      {(said === 'asked' || said === 'withdrawn') && (
        <Notice tone="good" role="status">
          {words(`personalData.said.${said}`, facts)}
        </Notice>
      )}
      <Card
        title={words('personalData.copyTitle')}
        foot={<a href={href('/privacy')}>{words('personalData.policy')}</a>}
      >
        <div className="grid justify-items-start gap-4">
          <p className="max-w-[72ch] text-text-2">{words('personalData.copy')}</p>
          <a href={href('/personal-data/json')} className={buttonLook('plain')}>
            <Download aria-hidden size={16} /> {words('personalData.save')}
          </a>
        </div>
      </Card>
      <ErasureCard visitor={visitor} askedAt={askedAt} refusal={refusal} />
    </PortalFrame>
  )
}
