'use server'

import { revalidatePath } from 'next/cache'
import { notFound } from 'next/navigation'
import { z } from 'zod'
import type { ScheduleOrderFacts } from '@/components/checkout/when'
import { type ContactActor, currentContact } from '@/lib/access/require-contact'
import { throttle } from '@/lib/access/throttle'
import { cancelScheduled, moveScheduled } from '@/lib/payments/change-scheduled'
import { schedulePayment } from '@/lib/payments/schedule-payment'
import { type ScheduleResult, scheduleRefusal } from '@/lib/payments/schedule-result'
import { localeOf } from '@/messages/words'
import { orNotFound } from '../../or-not-found'

const Order = z.object({
  scheduleId: z.uuid(),
  methodId: z.uuid(),
  runOn: z.iso.date(),
  receiptEmail: z.email().max(254),
  shown: z
    .array(z.object({ invoiceId: z.uuid(), minor: z.string().regex(/^\d{1,15}$/) }))
    .min(1)
    .max(100),
})

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
  const { shown, ...rest } = order.data
  const invoices = shown.map(({ invoiceId, minor }) => ({ invoiceId, amountMinor: BigInt(minor) }))
  return schedulePayment(actor, { ...rest, invoices }, localeOf(locale))
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
