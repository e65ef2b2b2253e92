'use server'

import { headers } from 'next/headers'
import type { AutopayOrderFacts, PayAnswer, PayOrder } from '@/components/checkout/checkout'
import type { VerifyProof } from '@/components/checkout/proof-of'
import { markViewed, openPayLink } from '@/lib/access/pay-link'
import { throttle } from '@/lib/access/throttle'
import type { AutopayResult } from '@/lib/autopay/autopay'
import { clientNetwork } from '@/lib/base/client-address'
import { todayIn } from '@/lib/base/clock'
import { sendInvoice } from '@/lib/mail/send-invoice'
import { sendStatement } from '@/lib/mail/send-statement'
import { type Resumed, resumeAttempt } from '@/lib/payments/resume-attempt'
import { localeOf } from '@/messages/words'
import { askOutcome, endOrder, placeOrder, proveAccount, turnOnAutopay } from '../../checkout-acts'
import { orNotFound } from '../../or-not-found'
import { requireLink } from './open-link'

/** The token names the invoices; they name the price. One that is not among them is left out, or is not found. */
export async function payNow(slug: string, token: string, locale: string, order: PayOrder): Promise<PayAnswer> {
  const actor = await requireLink(slug, token)
  const own =
    'invoiceId' in actor
      ? { ...order, shown: order.shown.filter(({ invoiceId }) => invoiceId === actor.invoiceId) }
      : order
  return placeOrder(actor, own, {
    locale: localeOf(locale),
    origin: 'link',
    throttleBy: `link:${actor.linkId}`,
  })
}

export async function refresh(slug: string, token: string, locale: string, attemptId: string): Promise<PayAnswer> {
  return askOutcome(await requireLink(slug, token), attemptId, localeOf(locale))
}

export async function resume(slug: string, token: string, attemptId: string): Promise<Resumed | undefined> {
  return orNotFound(resumeAttempt(await requireLink(slug, token), attemptId))
}

export async function giveUp(slug: string, token: string, locale: string, attemptId: string): Promise<PayAnswer> {
  return endOrder(await requireLink(slug, token), attemptId, localeOf(locale))
}

export async function verify(slug: string, token: string, attemptId: string, proof: VerifyProof): Promise<boolean> {
  return proveAccount(await requireLink(slug, token), attemptId, proof)
}

/** Only with what was saved through this very link. */
export async function agreeAutopay(
  slug: string,
  token: string,
  locale: string,
  order: AutopayOrderFacts,
): Promise<AutopayResult> {
  const actor = await requireLink(slug, token)
  return turnOnAutopay(actor, order, { locale: localeOf(locale), throttleBy: `link:${actor.linkId}` })
}

/**
 * Told by the page once it is shown to a person: opening the link alone, as mail scanners do, records nothing. A link
 * that was closed meanwhile (passed on from this very page, say) has nothing to record, which is no error to show.
 */
export async function viewed(slug: string, token: string): Promise<void> {
  const link = await openPayLink(slug, token)
  if (link.ok) await markViewed(link.actor)
}

/**
 * A fresh link to the addresses on file, never to one that is typed in here. The answer is the same whether or not
 * anything was sent.
 */
export async function resend(slug: string, token: string): Promise<void> {
  const link = await openPayLink(slug, token)
  if (link.ok || link.because === 'unknown') return
  const { tenantId, scope, linkId } = link
  const from = clientNetwork(await headers())
  const tries = [await throttle('resend', linkId), await throttle('resend', from, slug)]
  if (tries.some(({ ok }) => !ok)) return
  const again = `link:${linkId}:${todayIn('UTC')}`
  const system = { kind: 'system', tenantId, reason: 'expired link' } as const
  if ('invoiceId' in scope) await sendInvoice(system, scope.invoiceId, undefined, again)
  else await sendStatement(system, scope.clientId, again)
}
