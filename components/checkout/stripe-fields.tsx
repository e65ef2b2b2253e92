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
  /** Said when the card is a debit card. */
  debitFree?: string
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
      <Inside type={type} facts={facts} {...wiring} />
    </Elements>
  )
}

function Inside(props: Pick<Props, 'type' | 'facts' | 'debitFree' | 'onFields' | 'onReady' | 'onFail'>) {
  const { type, facts, debitFree, onFields, onReady, onFail } = props
  const [isDebit, setDebit] = useState(false)
  const stripe = useStripe()
  const elements = useElements()
  useEffect(() => {
    if (stripe !== null && elements !== null) onFields(type, { stripe, elements })
  }, [stripe, elements, type, onFields])
  return (
    <>
      <PaymentElement
        options={{
          layout: 'tabs',
          business: { name: facts.businessName },
          // The page asks for the address itself, once for both ways.
          fields: { billingDetails: { email: 'never' } },
          wallets: { link: 'never' },
          // The authorization stands under the button, for this one debit and its amount; Stripe's speaks of any amount.
          // What saving authorizes stands in full beside its box.
          terms: { usBankAccount: 'never', card: 'never' },
        }}
        onReady={(element) => {
          // Only what the page says hangs on it; the server asks Stripe itself.
          element.on('carddetailschange', ({ details }) => setDebit(details?.funding === 'debit'))
          onReady()
        }}
        onLoadError={onFail}
      />
      {type === 'card' && debitFree !== undefined && (
        <p role="status" className="pt-2 text-good text-sm empty:hidden">
          {isDebit && debitFree}
        </p>
      )}
    </>
  )
}
