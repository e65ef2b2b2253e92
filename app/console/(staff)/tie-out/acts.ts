'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import { mayManage } from '@/lib/access/actor'
import { requireStaff } from '@/lib/access/require-staff'
import { repostPosting } from '@/lib/accounting/repost-posting'
import { tieOut } from '@/lib/accounting/tie-out'
import { repeatWriteBack } from '@/lib/settlement/repeat-write-back'
import { orNotFound } from '../or-not-found'

const Form = z.object({ id: z.uuid(), on: z.iso.date() })
const Repeat = z.object({ id: z.uuid() })

/** Holds the systems against each other now. The person waits for it: it asks three of them. */
export async function compareNow(): Promise<void> {
  const actor = await requireStaff()
  if (mayManage(actor)) await tieOut(actor.tenantId)
  revalidatePath('/console/tie-out')
}

/** Sends a payment the PSA refused again. */
export async function repeat(form: FormData): Promise<void> {
  const actor = await requireStaff()
  const asked = Repeat.safeParse(Object.fromEntries(form))
  if (asked.success) await orNotFound(repeatWriteBack(actor, asked.data.id))
  revalidatePath('/console/tie-out')
}

/** Sends a refused posting again, if wanted on another date. */
export async function repost(form: FormData): Promise<void> {
  const actor = await requireStaff()
  const asked = Form.safeParse(Object.fromEntries(form))
  if (asked.success) await orNotFound(repostPosting(actor, asked.data.id, { on: asked.data.on }))
  revalidatePath('/console/tie-out')
}
