import type { CheckoutActions } from '@/components/checkout/checkout'
import type { Locale } from '@/messages/words'
import { agreeAutopay, giveUp, payNow, refresh, resume, verify } from './actions'

/** What the checkout may set in motion for whoever holds this link. */
export function linkActions(slug: string, token: string, locale: Locale): CheckoutActions {
  return {
    pay: payNow.bind(null, slug, token, locale),
    refresh: refresh.bind(null, slug, token, locale),
    resume: resume.bind(null, slug, token),
    giveUp: giveUp.bind(null, slug, token, locale),
    startAutopay: agreeAutopay.bind(null, slug, token, locale),
    verify: verify.bind(null, slug, token),
  }
}
