import { Lock } from 'lucide-react'
import type { ReactNode } from 'react'
import { Card } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'
import { type Locale, wordsIn } from '@/messages/words'
import type { CheckoutActions, CheckoutFacts } from './checkout'
import { CheckoutForm } from './checkout-form'

type Props = {
  locale: Locale
  facts: CheckoutFacts
  actions: CheckoutActions
  /** How to pay without Stripe; always on the page, whatever is blocked. */
  otherWays: ReactNode
}

/** The card that holds the payment form: for the pay link, the portal and the widget alike. */
export function CheckoutCard({ locale, facts, actions, otherWays }: Props) {
  const words = wordsIn(locale)
  return (
    <Card
      foot={
        <div className="grid gap-3">
          <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
            <span className="inline-flex items-center gap-1.5">
              <Lock aria-hidden size={14} /> {words('pay.straightToStripe')}
            </span>
          </div>
          <details>
            <summary className="inline-block py-0.5 font-medium text-brand-text hover:underline">
              {words('pay.otherWays')}
            </summary>
            <div id="other-ways" className="pt-1 text-text">
              {otherWays}
            </div>
          </details>
        </div>
      }
    >
      <div className="grid gap-5">
        <div className="grid gap-1">
          <h2 className="h2">{words('pay.choose')}</h2>
          <p className="text-sm text-text-2">{words(facts.ways.length > 1 ? 'pay.bankFree' : 'pay.noFee')}</p>
        </div>
        <noscript>
          <Notice tone="warn">{words('pay.noScript')}</Notice>
        </noscript>
        <CheckoutForm facts={facts} actions={actions} />
      </div>
    </Card>
  )
}
