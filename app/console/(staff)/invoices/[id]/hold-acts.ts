'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { mayManage } from '@/lib/access/actor'
import { requireStaff } from '@/lib/access/require-staff'
import { closeHold } from '@/lib/billing/close-hold'
import { openHold } from '@/lib/billing/open-hold'
import { getInvoice } from '@/lib/billing/queries'
import { sayInHold } from '@/lib/billing/say-in-hold'
import { orNotFound } from '../../or-not-found'

const Opened = z.object({ id: z.uuid(), reason: z.string().max(500), amount: z.string().max(20) })
const Closed = z.object({ id: z.uuid(), hold: z.uuid(), answer: z.string().max(500) })

/** Puts an amount of the invoice on hold. */
export async function putOnHold(form: FormData): Promise<void> {
  const actor = await requireStaff()
  const asked = Opened.parse(Object.fromEntries(form))
  const { id: invoiceId, reason, amount } = asked
  const opened = mayManage(actor)
    ? await orNotFound(openHold(actor, { invoiceId, reason, amount }))
    : { ok: false as const, because: 'nothing-open' as const }
  redirect(`/console/invoices/${invoiceId}?hold=${opened.ok ? 'opened' : opened.because}`)
}

/** Closes a question or a hold with its answer. */
export async function liftHold(form: FormData): Promise<void> {
  const actor = await requireStaff()
  const { id, hold, answer } = Closed.parse(Object.fromEntries(form))
  await orNotFound(getInvoice(actor, id))
  const isClosed = await closeHold(actor, hold, answer)
  redirect(`/console/invoices/${id}?hold=${isClosed ? 'lifted' : 'was-closed'}`)
}

/** Answers, and leaves it open: the client may write back. */
export async function answerHold(form: FormData): Promise<void> {
  const actor = await requireStaff()
  const { id, hold, answer } = Closed.parse(Object.fromEntries(form))
  await orNotFound(getInvoice(actor, id))
  const said = await orNotFound(sayInHold(actor, { holdId: hold, text: answer }))
  const told = { said: 'answered', 'no-words': 'no-words', closed: 'was-closed' } as const
  redirect(`/console/invoices/${id}?hold=${told[said]}`)
}
