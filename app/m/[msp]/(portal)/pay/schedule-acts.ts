'use server'

import { revalidatePath } from 'next/cache'
import { headers } from 'next/headers'
import { notFound } from 'next/navigation'
import { z } from 'zod'
import type { ScheduleOrderFacts, TypedScheduleFacts } from '@/components/checkout/when'
import { type ContactActor, currentContact } from '@/lib/access/require-contact'
import { throttle } from '@/lib/access/throttle'
import { clientAddress } from '@/lib/base/client-address'
import { cancelScheduled, moveScheduled } from '@/lib/payments/change-scheduled'
import { schedulePayment } from '@/lib/payments/schedule-payment'
import { type ScheduleResult, scheduleRefusal, type TypedSchedule } from '@/lib/payments/schedule-result'
import { refreshTypedSchedule, scheduleWithTyped } from '@/lib/payments/schedule-with-typed'
import { localeOf } from '@/messages/words'
import { SaveWish } from '../../checkout-shapes'
import { orNotFound } from '../../or-not-found'

const Dated = z.object({
  runOn: z.iso.date(),
  receiptEmail: z.email().max(254),
  shown: z
    .array(z.object({ invoiceId: z.uuid(), minor: z.string().regex(/^\d{1,15}$/) }))
    .min(1)
    .max(100),
  creditMinor: z.string().regex(/^\d{1,15}$/),
})
const Order = Dated.extend({ scheduleId: z.uuid(), methodId: z.uuid() })
const TypedOrder = Dated.extend(SaveWish.shape)

async function requirePayer(slug: string): Promise<ContactActor> {
  const actor = await currentContact(slug)
  if (actor === undefined) notFound()
  return actor
}

/** Sets a payment for a date. What the page showed is the most that will ever be charged. */
export async function setDate(slug: string, locale: string, asked: ScheduleOrderFacts): Promise<ScheduleResult> {
  const actor = await requirePayer(slug)
  const order = Order.safeParse(asked)
  if (!order.success) return scheduleRefusal('form', locale)
  const tries = await throttle('pay', `contact:${actor.contactId}`)
  if (!tries.ok) return scheduleRefusal('busy', locale)
  const { scheduleId, methodId } = order.data
  return schedulePayment(actor, { scheduleId, methodId, ...datedOf(order.data) }, localeOf(locale))
}

/** The same with what is typed, which is saved by it. Whoever tries many cards here is testing stolen ones. */
export async function setDateTyped(slug: string, locale: string, asked: TypedScheduleFacts): Promise<TypedSchedule> {
  const actor = await requirePayer(slug)
  const order = TypedOrder.safeParse(asked)
  if (!order.success) return scheduleRefusal('form', locale)
  const tries = await throttle('pay', `contact:${actor.contactId}`)
  if (!tries.ok) return scheduleRefusal('busy', locale)
  const from = await headers()
  return scheduleWithTyped(
    actor,
    { ...SaveWish.parse(order.data), schedule: datedOf(order.data) },
    {
      ...{ ip: clientAddress(from), userAgent: from.get('user-agent') ?? '' },
      ...{ locale: localeOf(locale), origin: 'portal' },
    },
  )
}

/** How that stands, after the bank's check in the browser. */
export async function refreshDateTyped(slug: string, locale: string, setupId: string): Promise<TypedSchedule> {
  return orNotFound(refreshTypedSchedule(await requirePayer(slug), setupId, localeOf(locale)))
}

function datedOf({ runOn, receiptEmail, shown, creditMinor }: z.infer<typeof Dated>) {
  const invoices = shown.map(({ invoiceId, minor }) => ({ invoiceId, amountMinor: BigInt(minor) }))
  return { runOn, receiptEmail, invoices, creditMinor: BigInt(creditMinor) }
}

export async function moveDate(slug: string, locale: string, form: FormData): Promise<void> {
  const actor = await requirePayer(slug)
  await orNotFound(moveScheduled(actor, String(form.get('id')), String(form.get('on')), localeOf(locale)))
  revalidatePath(`/m/${slug}/pay`)
}

export async function cancelDate(slug: string, locale: string, form: FormData): Promise<void> {
  await orNotFound(cancelScheduled(await requirePayer(slug), String(form.get('id')), localeOf(locale)))
  revalidatePath(`/m/${slug}/pay`)
}
