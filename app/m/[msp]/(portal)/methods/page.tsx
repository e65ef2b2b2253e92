import { preconnect } from 'react-dom'
import { PaymentStatus } from '@/components/checkout/payment-status'
import { Card } from '@/components/ui/card'
import { Empty } from '@/components/ui/empty'
import { Notice } from '@/components/ui/notice'
import { mayPay } from '@/lib/access/actor'
import { offerAgreements } from '@/lib/autopay/authorize-agreement'
import { readAutopay } from '@/lib/autopay/read-autopay'
import { withTenant } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { listAgreementMethods } from '@/lib/payments/list-agreement-methods'
import { listMandates, listMethods, listSetups } from '@/lib/payments/list-methods'
import { listScheduled } from '@/lib/payments/list-scheduled'
import { wordsIn } from '@/messages/words'
import { autopayOffered } from '../../autopay-offered'
import { saveFormFacts } from '../../save-form-facts'
import { agreeAutopay } from '../pay/actions'
import { PortalFrame } from '../portal-frame'
import { type ContactVisitor, isContact, openPortal, portalMetadata } from '../visitor'
import { ask, save } from './acts'
import { AddMethod } from './add-method'
import { AgreementsCard } from './agreements-card'
import { AutopayCard } from './autopay-card'
import { MandatesCard } from './mandates-card'
import { MethodRow } from './method-row'
import { SetupCard } from './setup-card'
import { TurnOnAutopay } from './turn-on-autopay'

/** @param auto the method that is to be charged by itself, while that is being asked */
type Props = { params: Promise<{ msp: string }>; searchParams: Promise<{ lang?: string; auto?: string }> }

export const generateMetadata = portalMetadata((words) => words('portal.methods'))

/** What the client has saved, what was agreed to for it, and the way to save another. */
export default async function MethodsPage({ params, searchParams }: Props) {
  const [{ msp }, { lang, auto }] = await Promise.all([params, searchParams])
  const visitor = await openPortal(msp, lang)
  const { actor, locale } = visitor
  const words = wordsIn(locale)
  const [methods, setups, mandates, scheduled, autopay, agreements, offers, offered] = await Promise.all([
    listMethods(actor, actor.clientId),
    listSetups(actor),
    listMandates(actor, actor.clientId),
    listScheduled(actor, actor.clientId),
    readAutopay(actor, actor.clientId),
    listAgreementMethods(actor, actor.clientId),
    offerAgreements(actor, locale),
    auto === undefined ? undefined : autopayOffered(actor, { methodId: auto }, visitor),
  ])
  const mayAct = mayPay(actor)
  const { portal } = visitor.tenant.settings
  const isOffered = auto !== undefined && offered?.is === 'offered'
  return (
    <PortalFrame visitor={visitor} at="methods" path="/methods">
      <PaymentStatus text="" />
      <h1 className="h1">{words('portal.methods')}</h1>
      {!mayAct && <Notice>{words('methods.viewerText')}</Notice>}
      {setups.map((setup) => (
        <SetupCard key={setup.id} visitor={visitor} setup={setup} mayAct={mayAct} />
      ))}
      {isOffered && (
        <TurnOnAutopay
          facts={offered}
          methodId={auto}
          back={visitor.href('/methods')}
          start={agreeAutopay.bind(null, visitor.tenant.slug, locale)}
        />
      )}
      {autopay !== undefined && <AutopayCard visitor={visitor} autopay={autopay} mayAct={mayAct} />}
      {portal.automatic && autopay === undefined && !isOffered && methods.length > 0 && (
        <Card title={words('autopay.heading')}>
          <p className="text-text-2">{words('autopay.off')}</p>
        </Card>
      )}
      <Card flush title={words('methods.saved')}>
        {methods.length === 0 ? (
          <Empty title={words('methods.none')}>{words('methods.noneText')}</Empty>
        ) : (
          <ul>
            {methods.map((method) => (
              <MethodRow
                key={method.id}
                visitor={visitor}
                method={method}
                others={methods.filter(({ id }) => id !== method.id)}
                scheduled={scheduled.filter(({ methodId }) => methodId === method.id)}
                isAutomatic={autopay?.methodId === method.id}
                agreements={agreements.filter(({ isEnded, chosen }) => !isEnded && chosen?.methodId === method.id)}
                mayAct={mayAct}
              />
            ))}
          </ul>
        )}
      </Card>
      {methods.length > 0 && agreements.length > 0 && (
        <AgreementsCard {...{ visitor, agreements, methods, autopay, offers, mayAct }} />
      )}
      {mayAct && isContact(visitor) && portal.saving && <Add visitor={visitor} />}
      <MandatesCard visitor={visitor} mandates={mandates} />
    </PortalFrame>
  )
}

async function Add({ visitor }: { visitor: ContactVisitor }) {
  const { actor, tenant, locale } = visitor
  const words = wordsIn(locale)
  const person = await withTenant(actor.tenantId, (tx) =>
    tx.row<{ email: string | null }>(
      sql`select email from contacts where tenant_id = ${tx.tenantId} and id = ${actor.contactId}`,
    ),
  )
  const facts = await saveFormFacts(actor, visitor, person?.email ?? '')
  if (facts === 'not-connected') return <Notice>{words('methods.notConnected', { name: tenant.name })}</Notice>
  if (facts === undefined) return null
  preconnect(new URL(facts.terms.stripeJsUrl).origin)
  return (
    <AddMethod
      facts={facts}
      words={{ title: words('methods.addTitle'), open: words('methods.add'), close: words('methods.notNow') }}
      save={save.bind(null, tenant.slug, locale)}
      ask={ask.bind(null, tenant.slug, locale)}
    />
  )
}
