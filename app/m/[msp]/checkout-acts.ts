import 'server-only'
import { headers } from 'next/headers'
import { z } from 'zod'
import { type AutopayOrderFacts, type PayAnswer, type PayOrder, shortCodes } from '@/components/checkout/checkout'
import type { VerifyProof } from '@/components/checkout/proof-of'
import type { Actor } from '@/lib/access/actor'
import { throttle } from '@/lib/access/throttle'
import { type AutopayResult, autopayRefusal } from '@/lib/autopay/autopay'
import { startAutopay } from '@/lib/autopay/start-autopay'
import { clientAddress } from '@/lib/base/client-address'
import { newId } from '@/lib/base/ids'
import { giveUpAttempt } from '@/lib/payments/give-up-attempt'
import { payableNow } from '@/lib/payments/payable-invoices'
import { refreshAttempt } from '@/lib/payments/refresh-attempt'
import { verifySetup } from '@/lib/payments/refresh-setup'
import { refusal } from '@/lib/payments/refusal'
import { shortReasonText } from '@/lib/payments/short-reason'
import { resultOf, startPayment } from '@/lib/payments/start-payment'
import { verifyAccount } from '@/lib/payments/verify-account'
import type { Locale } from '@/messages/words'
import { AgreedOrder, Proof } from './checkout-shapes'
import { orNotFound } from './or-not-found'

const digits = z.string().regex(/^\d{1,15}$/)
const Order = z.object({
  orderKey: z.uuid(),
  confirmationTokenId: z.string().max(200).exactOptional(),
  methodId: z.uuid().exactOptional(),
  debit: z.literal('acss_debit').exactOptional(),
  agreed: AgreedOrder.exactOptional(),
  replacesScheduled: z.boolean().exactOptional(),
  receiptEmail: z.email().max(254),
  shown: z
    .array(
      z.object({
        invoiceId: z.uuid(),
        owed: digits,
        minor: digits,
        short: z.object({ code: z.enum(shortCodes), text: z.string().trim().max(200) }).optional(),
      }),
    )
    .min(1)
    .max(100),
  creditMinor: digits,
  keptMinor: digits,
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
  const { shown, creditMinor, keptMinor, ...rest } = order.data
  const owed = await orNotFound(
    payableNow(
      actor,
      shown.map(({ invoiceId }) => invoiceId),
    ),
  )
  // One that is settled, on its way or void is not among them: the payment itself says so, in its own words.
  if (shown.some((one) => owed.has(one.invoiceId) && owed.get(one.invoiceId) !== BigInt(one.owed)))
    return withNextKey(refusal('changed', place.locale))
  const answer = await startPayment(
    actor,
    {
      ...{ ...rest, creditMinor: BigInt(creditMinor), keptMinor: BigInt(keptMinor) },
      invoices: shown.map(({ invoiceId, minor, short }) => ({
        ...{ invoiceId, amountMinor: BigInt(minor) },
        ...(short === undefined ? {} : { shortReason: shortReasonText(short) }),
      })),
    },
    { ...place, ip, userAgent: from.get('user-agent') ?? '' },
  )
  return answer.ok ? answer : withNextKey(answer)
}

/** How a payment stands, asked at Stripe. */
export async function askOutcome(actor: Actor, attemptId: string, locale: Locale): Promise<PayAnswer> {
  await orNotFound(refreshAttempt(actor, attemptId))
  const answer = (await resultOf(actor.tenantId, attemptId, locale)) ?? refusal('form', locale)
  return answer.ok ? answer : withNextKey(answer)
}

/** Nobody agreed to the debit: its payment is ended, unless it has moved on. */
export async function endOrder(actor: Actor, attemptId: string, locale: Locale): Promise<PayAnswer> {
  await orNotFound(giveUpAttempt(actor, attemptId))
  return askOutcome(actor, attemptId, locale)
}

/** Holds what the bank statement shows against the small deposits. @returns whether it fits */
export async function proveAccount(actor: Actor, attemptId: string, asked: VerifyProof): Promise<boolean> {
  const proof = Proof.safeParse(asked)
  if (!proof.success) return false
  const tries = await throttle('confirm', `verify:${attemptId}`)
  return tries.ok && orNotFound(verifyAccount(actor, attemptId, proof.data))
}

/** The same for an account that is saved without a payment. */
export async function proveSetup(actor: Actor, setupId: string, asked: VerifyProof): Promise<boolean> {
  const proof = Proof.safeParse(asked)
  if (!proof.success) return false
  const tries = await throttle('confirm', `verify:${setupId}`)
  if (!tries.ok) return false
  const result = await orNotFound(verifySetup(actor, setupId, proof.data, 'en-US'))
  return result.ok && result.state === 'saved'
}

const AutopayWish = z
  .object({ shownOn: z.iso.date(), version: z.string().max(60), capMinor: digits.exactOptional() })
  .and(
    z.union([z.object({ attemptId: z.uuid() }), z.object({ methodId: z.uuid(), replaces: z.uuid().exactOptional() })]),
  )

/** Automatic payment was agreed to: on the page of a payment that went through, or for a method that is saved. */
export async function turnOnAutopay(
  actor: Actor,
  asked: AutopayOrderFacts,
  { locale, throttleBy }: Pick<Place, 'locale' | 'throttleBy'>,
): Promise<AutopayResult> {
  const wish = AutopayWish.safeParse(asked)
  if (!wish.success) return autopayRefusal('form', locale)
  const tries = await throttle('pay', throttleBy)
  if (!tries.ok) return autopayRefusal('busy', locale)
  const from = await headers()
  const { capMinor, ...rest } = wish.data
  const order = { ...rest, ...(capMinor === undefined ? {} : { capMinor: BigInt(capMinor) }) }
  return startAutopay(actor, order, { ip: clientAddress(from), userAgent: from.get('user-agent') ?? '', locale })
}

/** After a refusal the next press is another order; after anything else the same key leads to the same payment. */
function withNextKey(answer: PayAnswer): PayAnswer {
  return { ...answer, nextOrderKey: newId() }
}
