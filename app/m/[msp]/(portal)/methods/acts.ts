'use server'

import { revalidatePath } from 'next/cache'
import { headers } from 'next/headers'
import { notFound } from 'next/navigation'
import { z } from 'zod'
import type { VerifyProof } from '@/components/checkout/proof-of'
import type { SaveWishFacts } from '@/components/checkout/save-form'
import { type ContactActor, currentContact } from '@/lib/access/require-contact'
import { throttle } from '@/lib/access/throttle'
import { authorizeAgreement } from '@/lib/autopay/authorize-agreement'
import { type AutopayResult, autopayRefusal } from '@/lib/autopay/autopay'
import { endAutopay } from '@/lib/autopay/end-autopay'
import { clientAddress } from '@/lib/base/client-address'
import { nameMethod, preferMethod, removeMethod, replaceMethod } from '@/lib/payments/change-method'
import { chooseAgreementMethod } from '@/lib/payments/choose-agreement-method'
import { refreshSetup } from '@/lib/payments/refresh-setup'
import { saveMethod } from '@/lib/payments/save-method'
import { type SetupResult, setupRefusal } from '@/lib/payments/setup-result'
import { localeOf } from '@/messages/words'
import { proveSetup } from '../../checkout-acts'
import { SaveWish } from '../../checkout-shapes'
import { orNotFound } from '../../or-not-found'

async function requirePerson(slug: string): Promise<ContactActor> {
  const actor = await currentContact(slug)
  if (actor === undefined) notFound()
  return actor
}

/** "Save" was pressed: what was typed is kept, with the words that were agreed to. */
export async function save(slug: string, locale: string, asked: SaveWishFacts): Promise<SetupResult> {
  const actor = await requirePerson(slug)
  const wish = SaveWish.safeParse(asked)
  const language = localeOf(locale)
  if (!wish.success) return setupRefusal('form', language)
  // Whoever tries many cards here is testing stolen ones: it counts as paying does.
  const tries = await throttle('pay', `contact:${actor.contactId}`)
  if (!tries.ok) return setupRefusal('busy', language)
  const from = await headers()
  const userAgent = from.get('user-agent') ?? ''
  return saveMethod(actor, wish.data, { ip: clientAddress(from), userAgent, locale: language, origin: 'portal' })
}

/** How a setup stands, asked at Stripe; with the secret for the bank's check while that is waited for. */
export async function ask(slug: string, locale: string, setupId: string): Promise<SetupResult> {
  return orNotFound(refreshSetup(await requirePerson(slug), setupId, localeOf(locale)))
}

/** @returns whether what the statement shows fits the small deposits */
export async function verify(slug: string, setupId: string, asked: VerifyProof): Promise<boolean> {
  return proveSetup(await requirePerson(slug), setupId, asked)
}

export async function rename(slug: string, form: FormData): Promise<void> {
  await orNotFound(nameMethod(await requirePerson(slug), String(form.get('id')), String(form.get('name') ?? '')))
  revalidatePath(`/m/${slug}/methods`)
}

export async function prefer(slug: string, form: FormData): Promise<void> {
  await orNotFound(preferMethod(await requirePerson(slug), String(form.get('id'))))
  revalidatePath(`/m/${slug}/methods`)
}

/** Everything that is set to be paid with the one is paid with the other. */
export async function replace(slug: string, form: FormData): Promise<void> {
  await orNotFound(replaceMethod(await requirePerson(slug), String(form.get('id')), String(form.get('by'))))
  revalidatePath(`/m/${slug}/methods`)
}

/** What pays the invoices of an agreement; an empty choice is what is offered first. */
export async function chooseForAgreement(slug: string, form: FormData): Promise<void> {
  const methodId = String(form.get('method') ?? '')
  const actor = await requirePerson(slug)
  await orNotFound(chooseAgreementMethod(actor, String(form.get('agreement')), methodId === '' ? undefined : methodId))
  revalidatePath(`/m/${slug}/methods`)
}

const Agreed = z.object({ agreementId: z.string(), methodId: z.string(), shownOn: z.iso.date(), mark: z.string() })

export type Refused = Extract<AutopayResult, { ok: false }> | undefined

/** What was chosen for it may be charged by itself, under the words that stood there. @returns why it may not */
export async function authorize(slug: string, locale: string, _: Refused, form: FormData): Promise<Refused> {
  const actor = await requirePerson(slug)
  const language = localeOf(locale)
  const order = Agreed.safeParse(Object.fromEntries(form))
  if (!order.success) return autopayRefusal('form', language)
  const tries = await throttle('pay', `contact:${actor.contactId}`)
  if (!tries.ok) return autopayRefusal('busy', language)
  const from = await headers()
  const userAgent = from.get('user-agent') ?? ''
  const result = await authorizeAgreement(actor, order.data, { ip: clientAddress(from), userAgent, locale: language })
  if (!result.ok) return result
  revalidatePath(`/m/${slug}/methods`)
  return undefined
}

/** Nothing more is charged by itself. */
export async function endAutomatic(slug: string, form: FormData): Promise<void> {
  await orNotFound(endAutopay(await requirePerson(slug), String(form.get('id'))))
  revalidatePath(`/m/${slug}/methods`)
}

export async function remove(slug: string, form: FormData): Promise<void> {
  await orNotFound(removeMethod(await requirePerson(slug), String(form.get('id'))))
  revalidatePath(`/m/${slug}/methods`)
}
