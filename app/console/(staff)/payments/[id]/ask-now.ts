'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import { requireStaff } from '@/lib/access/require-staff'
import { refreshAttempt } from '@/lib/payments/refresh-attempt'
import { orNotFound } from '../../or-not-found'

const Form = z.object({ id: z.uuid() })

/** Asks Stripe how the payment stands; the page then shows what it said. */
export async function askNow(form: FormData): Promise<void> {
  const actor = await requireStaff()
  const asked = Form.safeParse(Object.fromEntries(form))
  if (!asked.success) return
  await orNotFound(refreshAttempt(actor, asked.data.id))
  revalidatePath(`/console/payments/${asked.data.id}`)
}
