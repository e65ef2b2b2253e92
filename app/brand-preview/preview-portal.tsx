import { BalanceCard } from '@/app/m/[msp]/(portal)/balance-card'
import { PortalFrame } from '@/app/m/[msp]/(portal)/portal-frame'
import type { Visitor } from '@/app/m/[msp]/(portal)/visitor'
import { zero } from '@/lib/money/money'
import { wordsIn } from '@/messages/words'
import type { Preview } from './preview'

/** The portal's frame and its first card, for a visitor who does not exist. */
export function PreviewPortal({ tenant, locale, today, invoice }: Preview) {
  const nobody = { tenantId: tenant.id, contactId: tenant.id, clientId: tenant.id }
  const visitor: Visitor = {
    actor: { kind: 'contact', role: 'owner', ...nobody },
    ...{ tenant, locale, today, lang: undefined, person: 'Dana Example', company: invoice.clientName },
    ...{ others: [], providers: [] },
    href: () => '#',
  }
  return (
    <PortalFrame visitor={visitor} at="home" path="">
      <h1 className="h1">{wordsIn(locale)('portal.morning', { name: 'Dana' })}</h1>
      <BalanceCard
        visitor={visitor}
        toPay={invoice.balance}
        charge={invoice.balance}
        openCount={1}
        overdue={zero(invoice.currency)}
        credit={zero(invoice.currency)}
        isCreditUsed={false}
        flying={[]}
        isOnly
        isWhole
        payHref="#"
      />
    </PortalFrame>
  )
}
