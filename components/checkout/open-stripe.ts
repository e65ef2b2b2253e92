import type { Stripe } from '@stripe/stripe-js'
import { loadStripe } from '@stripe/stripe-js/pure'
import type { CheckoutTerms } from '@/lib/payments/checkout-terms'

const deadlineMs = 20_000
let script: Promise<void> | undefined

/**
 * Stripe.js, from the address the server names: Stripe's own, or the stand-in's. The script is put in here, so that one
 * that is blocked is noticed; `loadStripe` then finds it in place.
 * @throws Error when it does not arrive
 */
export async function openStripe(terms: CheckoutTerms, locale: string): Promise<Stripe> {
  script ??= inject(terms.stripeJsUrl)
  await script.catch((error: unknown) => {
    script = undefined
    throw error
  })
  const stripe = await loadStripe(terms.publishableKey, {
    locale: locale === 'fr-CA' ? 'fr-CA' : 'en',
    ...(terms.account === undefined ? {} : { stripeAccount: terms.account }),
  })
  if (stripe === null) throw new Error('no Stripe outside a browser')
  return stripe
}

function inject(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const element = document.createElement('script')
    const fail = () => reject(new Error('Stripe.js did not load'))
    element.src = url
    element.onload = () => resolve()
    element.onerror = fail
    setTimeout(fail, deadlineMs)
    document.head.append(element)
  })
}
