import 'server-only'
import { headers } from 'next/headers'
import { z } from 'zod'
import type { PayAnswer, PayOrder } from '@/components/checkout/checkout'
import type { VerifyProof } from '@/components/checkout/proof-of'
import type { Actor } from '@/lib/access/actor'
import { throttle } from '@/lib/access/throttle'
import { clientAddress } from '@/lib/base/client-address'
import { newId } from '@/lib/base/ids'
import { getInvoice, listInvoices } from '@/lib/billing/queries'
import { refreshAttempt } from '@/lib/payments/refresh-attempt'
import { refusal } from '@/lib/payments/refusal'
import { resultOf, startPayment } from '@/lib/payments/start-payment'
import { verifyAccount } from '@/lib/payments/verify-account'
import type { Locale } from '@/messages/words'
import { AgreedOrder, Proof } from './checkout-shapes'
import { orNotFound } from './or-not-found'

const Order = z.object({
  orderKey: z.uuid(),
  confirmationTokenId: z.string().max(200).exactOptional(),
  methodId: z.uuid().exactOptional(),
  agreed: AgreedOrder.exactOptional(),
  replacesScheduled: z.boolean().exactOptional(),
  receiptEmail: z.email().max(254),
  shown: z
    .array(z.object({ invoiceId: z.uuid(), minor: z.string().regex(/^\d{1,15}$/) }))
    .min(1)
    .max(100),
})

type Place = { locale: Locale; origin: 'link' | 'portal' | 'widget'; throttleBy: string }

/**
 * "Pay" was pressed. What the page showed is held against what is owed now: when they differ nothing is charged, and
 * the new sum is shown first.
 */
export async function placeOrder(actor: Actor, asked: PayOrder, place: Place): Promise<PayAnswer> {
  const order = Order.safeParse(asked)
  if (!order.success) return withNextKey(refusal('form', place.locale))
  const from = await headers()
  const ip = clientAddress(from)
  const tries = await throttle('pay', place.throttleBy)
  if (!tries.ok) return withNextKey(refusal('busy', place.locale))
  const { shown, ...rest } = order.data
  const invoices = shown.map(({ invoiceId, minor }) => ({ invoiceId, amountMinor: BigInt(minor) }))
  const owed = await orNotFound(owedNow(actor, invoices))
  if (invoices.some(({ invoiceId, amountMinor }) => (owed.get(invoiceId) ?? 0n) > amountMinor))
    return withNextKey(refusal('changed', place.locale))
  const answer = await startPayment(
    actor,
    { ...rest, invoices },
    { ...place, ip, userAgent: from.get('user-agent') ?? '' },
  )
  return answer.ok ? answer : withNextKey(answer)
}

/** What is owed on these invoices; those that are settled are not among them. One question, however many. */
async function owedNow(actor: Actor, invoices: { invoiceId: string }[]): Promise<Map<string, bigint>> {
  const [first, ...others] = invoices
  if (first !== undefined && others.length === 0) {
    const { balance } = await getInvoice(actor, first.invoiceId)
    return new Map([[first.invoiceId, balance.minor]])
  }
  const { items } = await listInvoices(actor, { filter: 'open' })
  return new Map(items.map(({ id, balance }) => [id, balance.minor]))
}

/** How a payment stands, asked at Stripe. */
export async function askOutcome(actor: Actor, attemptId: string, locale: Locale): Promise<PayAnswer> {
  await orNotFound(refreshAttempt(actor, attemptId))
  const answer = (await resultOf(actor.tenantId, attemptId, locale)) ?? refusal('form', locale)
  return answer.ok ? answer : withNextKey(answer)
}

/** Holds what the bank statement shows against the small deposits. @returns whether it fits */
export async function proveAccount(actor: Actor, attemptId: string, asked: VerifyProof): Promise<boolean> {
  const proof = Proof.safeParse(asked)
  if (!proof.success) return false
  const tries = await throttle('confirm', `verify:${attemptId}`)
  return tries.ok && orNotFound(verifyAccount(actor, attemptId, proof.data))
}

/** After a refusal the next press is another order; after anything else the same key leads to the same payment. */
function withNextKey(answer: PayAnswer): PayAnswer {
  return { ...answer, nextOrderKey: newId() }
}
