'use server'

import { notFound } from 'next/navigation'
import type { AutopayOrderFacts, PayAnswer, PayOrder } from '@/components/checkout/checkout'
import type { VerifyProof } from '@/components/checkout/proof-of'
import { type ContactActor, currentContact } from '@/lib/access/require-contact'
import type { AutopayResult } from '@/lib/autopay/autopay'
import { type Resumed, resumeAttempt } from '@/lib/payments/resume-attempt'
import { localeOf } from '@/messages/words'
import { askOutcome, endOrder, placeOrder, proveAccount, turnOnAutopay } from '../../checkout-acts'
import { orNotFound } from '../../or-not-found'

async function requirePayer(slug: string): Promise<ContactActor> {
  const actor = await currentContact(slug)
  if (actor === undefined) notFound()
  return actor
}

export async function payNow(slug: string, locale: string, order: PayOrder): Promise<PayAnswer> {
  const actor = await requirePayer(slug)
  return placeOrder(actor, order, {
    locale: localeOf(locale),
    origin: 'portal',
    throttleBy: `contact:${actor.contactId}`,
  })
}

export async function refresh(slug: string, locale: string, attemptId: string): Promise<PayAnswer> {
  return askOutcome(await requirePayer(slug), attemptId, localeOf(locale))
}

export async function resume(slug: string, attemptId: string): Promise<Resumed | undefined> {
  return orNotFound(resumeAttempt(await requirePayer(slug), attemptId))
}

export async function giveUp(slug: string, locale: string, attemptId: string): Promise<PayAnswer> {
  return endOrder(await requirePayer(slug), attemptId, localeOf(locale))
}

/** The invoices to come are paid by themselves with what this payment was paid with. */
export async function agreeAutopay(slug: string, locale: string, order: AutopayOrderFacts): Promise<AutopayResult> {
  const actor = await requirePayer(slug)
  return turnOnAutopay(actor, order, { locale: localeOf(locale), throttleBy: `contact:${actor.contactId}` })
}

export async function verify(slug: string, attemptId: string, proof: VerifyProof): Promise<boolean> {
  return proveAccount(await requirePayer(slug), attemptId, proof)
}
