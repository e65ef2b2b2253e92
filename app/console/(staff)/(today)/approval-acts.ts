'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { requireFreshStaff, requireStaff } from '@/lib/access/require-staff'
import { approve, decline, withdraw } from '@/lib/payments/decide-approval'

const here = '/console'
const Form = z.object({ id: z.uuid(), reason: z.string().trim().max(200).default('') })
const noSuch = 'There is no such request.'

/** @returns why nothing was sent; otherwise goes back to Today */
export async function approveRequest(_: string | undefined, form: FormData): Promise<string | undefined> {
  const actor = await requireFreshStaff(here)
  const asked = Form.safeParse(Object.fromEntries(form))
  if (!asked.success) return noSuch
  const answer = await approve(actor, asked.data.id)
  if (!answer.ok) return answer.reason
  redirect(`${here}?said=approved`)
}

/** @returns why it was not declined */
export async function declineRequest(_: string | undefined, form: FormData): Promise<string | undefined> {
  const actor = await requireFreshStaff(here)
  const asked = Form.safeParse(Object.fromEntries(form))
  if (!asked.success) return noSuch
  if (asked.data.reason === '') return 'Say why in a few words: whoever asked reads it.'
  const answer = await decline(actor, asked.data.id, asked.data.reason)
  if (!answer.ok) return answer.reason
  redirect(`${here}?said=declined`)
}

/** @returns why it still waits */
export async function withdrawRequest(_: string | undefined, form: FormData): Promise<string | undefined> {
  const actor = await requireStaff()
  const asked = Form.safeParse(Object.fromEntries(form))
  if (!asked.success) return noSuch
  const answer = await withdraw(actor, asked.data.id)
  if (!answer.ok) return answer.reason
  redirect(`${here}?said=withdrawn`)
}
