'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { actorName, mayManage } from '@/lib/access/actor'
import { requireStaff } from '@/lib/access/require-staff'
import { checkCustomHost, removeCustomHost, setCustomHost } from '@/lib/tenancy/keep-host'

const page = '/console/settings/brand'

/** @returns why the name cannot be used, in words */
export async function setHost(_: string, form: FormData): Promise<string> {
  const actor = await requireStaff()
  if (!mayManage(actor)) return 'Your role may look at the address, not change it.'
  const set = await setCustomHost(actor.tenantId, actorName(actor), String(form.get('host') ?? ''))
  if (!set.ok) return set.problem
  redirect(`${page}#address`)
}

/** Leads nowhere: told to go where it is, a browser would go on showing what stood there before. */
export async function checkHost(): Promise<void> {
  const actor = await requireStaff()
  if (mayManage(actor)) await checkCustomHost(actor.tenantId, actorName(actor))
  revalidatePath(page)
}

export async function removeHost(): Promise<void> {
  const actor = await requireStaff()
  if (mayManage(actor)) await removeCustomHost(actor.tenantId, actorName(actor))
  redirect(`${page}#address`)
}
