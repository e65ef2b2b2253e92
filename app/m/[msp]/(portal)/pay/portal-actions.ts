import type { CheckoutActions } from '@/components/checkout/checkout'
import type { Locale } from '@/messages/words'
import { agreeAutopay, giveUp, payNow, refresh, resume, verify } from './actions'
import { refreshDateTyped, setDate, setDateTyped } from './schedule-acts'

/** What the checkout may set in motion for whoever is signed in to this portal. */
export function portalActions(slug: string, locale: Locale): CheckoutActions {
  return {
    pay: payNow.bind(null, slug, locale),
    schedule: setDate.bind(null, slug, locale),
    scheduleTyped: setDateTyped.bind(null, slug, locale),
    refreshTyped: refreshDateTyped.bind(null, slug, locale),
    refresh: refresh.bind(null, slug, locale),
    resume: resume.bind(null, slug),
    giveUp: giveUp.bind(null, slug, locale),
    startAutopay: agreeAutopay.bind(null, slug, locale),
    verify: verify.bind(null, slug),
  }
}
