'use client'

import { Elements, PaymentElement, useElements, useStripe } from '@stripe/react-stripe-js'
import type { Appearance, Stripe, StripeElementLocale, StripeElements } from '@stripe/stripe-js'
import { useEffect, useState } from 'react'
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
  appearance: Appearance
  /** Whether what is typed is to be saved: Stripe shows and asks what that takes. */
  isSaved: boolean
  onFields: (type: WayType, fields: Fields) => void
  onReady: () => void
  onFail: () => void
}

/** The Payment Element with one method in it. The page's own radio buttons choose; the element shows no second choice. */
export function StripeFields({ stripe, type, facts, amountMinor, appearance, isSaved, ...wiring }: Props) {
  const locale: StripeElementLocale = facts.locale === 'fr-CA' ? 'fr-CA' : 'en'
  const [fonts] = useState(readFonts)
  return (
    <Elements
      stripe={stripe}
      options={{
        ...(amountMinor === undefined
          ? { mode: 'setup' as const, setupFutureUsage: 'off_session' as const }
          : {
              mode: 'payment' as const,
              amount: amountMinor,
              setupFutureUsage: isSaved ? ('off_session' as const) : null,
            }),
        currency: facts.currency.toLowerCase(),
        allowedPaymentMethodTypes: [type],
        locale,
        appearance,
        fonts,
        loader: 'never',
      }}
    >
      <Inside type={type} businessName={facts.businessName} {...wiring} />
    </Elements>
  )
}

function Inside(props: Pick<Props, 'type' | 'onFields' | 'onReady' | 'onFail'> & { businessName: string }) {
  const { type, businessName, onFields, onReady, onFail } = props
  const stripe = useStripe()
  const elements = useElements()
  useEffect(() => {
    if (stripe !== null && elements !== null) onFields(type, { stripe, elements })
  }, [stripe, elements, type, onFields])
  return (
    <PaymentElement
      options={{
        layout: 'tabs',
        business: { name: businessName },
        // The page asks for the address itself, once for both ways.
        fields: { billingDetails: { email: 'never' } },
        wallets: { link: 'never' },
        // The authorization stands under the button, for this one debit and its amount; Stripe's speaks of any amount.
        // What saving authorizes stands in full beside its box.
        terms: { usBankAccount: 'never', card: 'never' },
      }}
      onReady={onReady}
      onLoadError={onFail}
    />
  )
}
