import { formScreen } from '@/components/checkout/form-screen'
import { buttonLook } from '@/components/ui/button-look'
import { Card } from '@/components/ui/card'
import { Empty } from '@/components/ui/empty'
import { Notice } from '@/components/ui/notice'
import type { PlainDate } from '@/lib/base/clock'
import { newId } from '@/lib/base/ids'
import { formatMoney } from '@/lib/money/format'
import type { Tenant } from '@/lib/tenancy/tenant'
import { type Locale, wordsIn } from '@/messages/words'
import { NextCheckout } from '../../next-checkout'
import { offeredOf } from '../../offered'
import { savingFacts } from '../../saving-facts'
import { linkActions } from './link-actions'
import type { StatementRead } from './read-statement'

type Props = {
  slug: string
  token: string
  tenant: Tenant
  locale: Locale
  today: PlainDate
  link: StatementRead
  /** Where the outcome is shown, before the payment’s id. */
  resultPath: string
}

/** The form for all that can be paid now; above it, what is under way already. */
export function StatementForm({ slug, token, tenant, locale, today, link, resultPath }: Props) {
  const { offer, terms, contact, underWay, invoices } = link
  const words = wordsIn(locale)
  const reader = { tenant, locale, today }
  const [first] = offer.invoices
  return (
    <>
      {underWay.map(({ id, amount }) => (
        <Notice key={id} title={words('payStatement.underWay', { amount: formatMoney(amount, locale) })}>
          <a href={`${resultPath}${id}`} className={buttonLook('plain', 'small')}>
            {words('payStatement.see')}
          </a>
        </Notice>
      ))}
      {first === undefined ? (
        <Card>
          <Empty title={words('payStatement.nothing')}>
            {words(
              invoices.some(({ balance }) => balance.minor > 0n)
                ? 'payStatement.nothingText'
                : 'payStatement.settledText',
            )}
          </Empty>
        </Card>
      ) : (
        <div className={offer.invoices.length === 1 ? 'grid w-full max-w-130 gap-4' : ''}>
          {offer.invoices.length === 1 && (
            <h2 className="h2">{words('portal.payTitle', { count: 1, number: first.invoice.number })}</h2>
          )}
          <NextCheckout
            actions={linkActions(slug, token, locale)}
            resultPath={resultPath}
            screen={formScreen({
              ...{ tenant, locale, terms, stillOpen: '', currency: offer.currency },
              ...{ creditMinor: offer.creditMinor, rules: offer.rules },
              invoices: offeredOf(offer, locale, today),
              orderKey: newId(),
              receiptEmail: contact?.email ?? '',
              saving: savingFacts(reader, first.invoice.clientName, true),
            })}
          />
        </div>
      )}
    </>
  )
}
