'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import { mayManage } from '@/lib/access/actor'
import { requireStaff } from '@/lib/access/require-staff'
import { doneWithException, ownException } from '@/lib/events/work-exception'

const Form = z.object({ id: z.uuid() })

export async function takeException(form: FormData): Promise<void> {
  const actor = await requireStaff()
  const asked = Form.safeParse(Object.fromEntries(form))
  if (asked.success && mayManage(actor)) await ownException(actor.tenantId, actor.staffId, asked.data.id)
  revalidatePath('/console')
}

export async function closeException(form: FormData): Promise<void> {
  const actor = await requireStaff()
  const asked = Form.safeParse(Object.fromEntries(form))
  if (asked.success && mayManage(actor)) await doneWithException(actor.tenantId, actor.staffId, asked.data.id)
  revalidatePath('/console')
}
