import { Elements, PaymentElement, useElements, useStripe } from '@stripe/react-stripe-js'
import type { Stripe, StripeElements, StripeElementsOptions, StripePaymentElementOptions } from '@stripe/stripe-js'
import { loadStripe } from '@stripe/stripe-js/pure'
import { StrictMode, useState } from 'react'
import { createRoot } from 'react-dom/client'

/** A page of ours as the tests need it: the publisher's own components around the stand-in, options from the address. */
export type PageSetup = {
  elements: StripeElementsOptions
  payment?: StripePaymentElementOptions
  locale?: 'en' | 'fr-CA'
}

type Told = { event: string; payload: unknown }

/** What a test reaches from outside. */
export type Reach = { stripe: Stripe; elements: StripeElements; told: Told[] }
declare global {
  interface Window {
    reach: Reach
    /** A promise one step of a test leaves for the next. */
    outcome: Promise<unknown>
  }
}

const setup: PageSetup & { key: string; account: string } = JSON.parse(decodeURIComponent(location.hash.slice(1)))
const stripe = loadStripe(setup.key, {
  stripeAccount: setup.account,
  ...(setup.locale === undefined ? {} : { locale: setup.locale }),
})
const told: Told[] = []
document.body.dataset.theme = setup.elements.appearance?.theme ?? 'stripe'

function Checkout() {
  const stripe = useStripe()
  const elements = useElements()
  const [outcome, setOutcome] = useState('')
  if (stripe !== null && elements !== null) window.reach = { stripe, elements, told }

  const pay = async () => {
    if (stripe === null || elements === null) return
    const { error } = await elements.submit()
    if (error !== undefined) return setOutcome(JSON.stringify({ error }))
    const params = { return_url: 'https://larkfield.example/paid' }
    setOutcome(JSON.stringify(await stripe.createConfirmationToken({ elements, params })))
  }
  const tell = (event: string) => (payload?: unknown) => void told.push({ event, payload })

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void pay()
      }}
    >
      <h1>Choose how to pay</h1>
      <PaymentElement
        {...(setup.payment === undefined ? {} : { options: setup.payment })}
        onReady={(element) => {
          tell('ready')(null)
          element.on('carddetailschange', tell('carddetailschange'))
        }}
        onChange={tell('change')}
        onFocus={tell('focus')}
        onBlur={tell('blur')}
        onEscape={tell('escape')}
        onLoadError={tell('loaderror')}
        onLoaderStart={tell('loaderstart')}
      />
      <button type="submit">Pay $4,913.14</button>
      <output>{outcome}</output>
    </form>
  )
}

const root = document.getElementById('root')
if (root === null) throw new Error('no root')
createRoot(root).render(
  <StrictMode>
    <Elements stripe={stripe} options={setup.elements}>
      <main>
        <Checkout />
      </main>
    </Elements>
  </StrictMode>,
)
