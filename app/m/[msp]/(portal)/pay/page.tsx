import { PortalFrame } from '../portal-frame'
import { openPortal, portalMetadata } from '../visitor'
import { PayForm } from './pay-form'
import { PortalOutcome } from './portal-outcome'
import { ScheduledOutcome } from './scheduled-outcome'

type Props = {
  params: Promise<{ msp: string }>
  searchParams: Promise<{
    lang?: string
    invoice?: string | string[]
    currency?: string
    attempt?: string
    scheduled?: string
  }>
}

export const generateMetadata = portalMetadata((words) => words('pay.choose'))

/** Pays the invoices the address names, or every open one in a currency; afterwards shows how the payment stands. */
export default async function PortalPayPage({ params, searchParams }: Props) {
  const [{ msp }, { lang, invoice, currency, attempt, scheduled }] = await Promise.all([params, searchParams])
  const visitor = await openPortal(msp, lang)
  return (
    <PortalFrame visitor={visitor} at="invoices" path="/pay">
      {scheduled !== undefined ? (
        <ScheduledOutcome visitor={visitor} scheduleId={scheduled} />
      ) : attempt === undefined ? (
        <PayForm
          visitor={visitor}
          wanted={invoice === undefined ? undefined : [invoice].flat()}
          {...(/^[A-Z]{3}$/.test(String(currency)) ? { currency } : {})}
        />
      ) : (
        <PortalOutcome visitor={visitor} attemptId={attempt} />
      )}
    </PortalFrame>
  )
}
