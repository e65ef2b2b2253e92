'use client'

import type { Appearance, Stripe, StripeElementLocale, StripeElements } from '@stripe/stripe-js'
import { useEffect, useRef, useState } from 'react'
import { readFonts } from './appearance'
import type { CheckoutFacts, WayType } from './checkout'

/** Stripe's side of one way of paying: what the form needs to turn the typed details into a token. */
export type Fields = { stripe: Stripe; elements: StripeElements }

type Props = {
  stripe: Stripe
  type: WayType
  facts: Pick<CheckoutFacts, 'currency' | 'locale' | 'businessName'>
  /** In minor units; without, what is typed is saved and nothing is charged. */
  amountMinor?: number
  /** Said when the card is a debit card. */
  debitFree?: string
  appearance: Appearance
  /** Whether what is typed is to be saved: Stripe shows and asks what that takes. */
  isSaved: boolean
  onFields: (type: WayType, fields: Fields) => void
  onReady: () => void
  onFail: () => void
}

/**
 * The Payment Element with one method in it. The page's own radio buttons choose; the element shows no second choice.
 * Stripe's binding for React would be a tenth of the widget's script, for a dozen lines of work.
 */
export function StripeFields(props: Props) {
  const { stripe, type, facts, amountMinor, appearance, isSaved, debitFree, onFields, onReady, onFail } = props
  const place = useRef<HTMLDivElement>(null)
  const elements = useRef<StripeElements>(undefined)
  const [isDebit, setDebit] = useState(false)
  const changing = {
    appearance,
    ...(amountMinor === undefined
      ? { mode: 'setup' as const, setupFutureUsage: 'off_session' as const }
      : {
          mode: 'payment' as const,
          amount: amountMinor,
          setupFutureUsage: isSaved ? ('off_session' as const) : null,
        }),
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: made once; what changes afterwards is told below
  useEffect(() => {
    if (place.current === null) return
    const locale: StripeElementLocale = facts.locale === 'fr-CA' ? 'fr-CA' : 'en'
    const made = stripe.elements({
      ...changing,
      ...{ currency: facts.currency.toLowerCase(), allowedPaymentMethodTypes: [type] },
      ...{ locale, fonts: readFonts(), loader: 'never' },
    })
    const element = made.create('payment', {
      layout: 'tabs',
      business: { name: facts.businessName },
      // The page asks for the address itself, once for both ways.
      fields: { billingDetails: { email: 'never' } },
      wallets: { link: 'never' },
      // The authorization stands under the button, for this one debit and its amount; Stripe's speaks of any amount.
      // What saving authorizes stands in full beside its box.
      terms: { usBankAccount: 'never', card: 'never' },
    })
    element.on('ready', onReady)
    element.on('loaderror', onFail)
    // Only what the page says hangs on it; the server asks Stripe itself.
    element.on('carddetailschange', ({ details }) => setDebit(details?.funding === 'debit'))
    element.mount(place.current)
    elements.current = made
    onFields(type, { stripe, elements: made })
    return () => {
      elements.current = undefined
      element.destroy()
    }
  }, [stripe, type, onFields])

  const isFirst = useRef(true)
  // biome-ignore lint/correctness/useExhaustiveDependencies: told when one of these differs
  useEffect(() => {
    if (!isFirst.current) void elements.current?.update(changing)
    isFirst.current = false
  }, [amountMinor, isSaved, appearance])

  return (
    <>
      <div ref={place} />
      {type === 'card' && debitFree !== undefined && (
        <p role="status" className="pt-2 text-good text-sm empty:hidden">
          {isDebit && debitFree}
        </p>
      )}
    </>
  )
}
