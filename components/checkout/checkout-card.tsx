import { Lock } from 'lucide-react'
import type { ReactNode } from 'react'
import { Card } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'
import type { CheckoutFacts } from './checkout'
import { OtherWays } from './other-ways'

/** The card that holds the payment form. How to pay without Stripe is always on it, whatever is blocked. */
export function CheckoutCard({ facts, children }: { facts: CheckoutFacts; children: ReactNode }) {
  const { words, otherWays } = facts
  return (
    <Card
      foot={
        <div className="grid gap-3">
          <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
            <span className="inline-flex items-center gap-1.5">
              <Lock aria-hidden size={14} /> {words.straightToStripe}
            </span>
          </div>
          <details>
            <summary className="inline-block py-0.5 font-medium text-brand-text hover:underline">
              {words.otherWays}
            </summary>
            <div id="other-ways" className="pt-1 text-text">
              <OtherWays {...otherWays} />
            </div>
          </details>
        </div>
      }
    >
      <div className="grid gap-5">
        <div className="grid gap-1">
          <h2 className="h2">{words.title}</h2>
          <p className="text-sm text-text-2">{words.intro}</p>
        </div>
        <noscript>
          <Notice tone="warn">{words.noScript}</Notice>
        </noscript>
        {children}
      </div>
    </Card>
  )
}
