'use server'

import { notFound, redirect } from 'next/navigation'
import { z } from 'zod'
import { addWidgetOrigin } from '@/lib/access/add-widget-origin'
import { removeWidgetOrigin } from '@/lib/access/remove-widget-origin'
import { requireStaff } from '@/lib/access/require-staff'
import { originRefusals } from './refusal'

export type AddState = { refused: string; typed: string } | undefined

const Add = z.object({ origin: z.string().max(400).default('') })

/** @returns why it was not put on the list */
export async function addOrigin(_: AddState, form: FormData): Promise<AddState> {
  const actor = await requireStaff()
  const asked = Add.safeParse(Object.fromEntries(form))
  const typed = asked.success ? asked.data.origin : ''
  const added = await addWidgetOrigin(actor, typed)
  if (!added.ok) return { refused: originRefusals[added.because], typed }
  redirect('/console/settings/widget?said=added')
}

const Remove = z.object({ id: z.uuid() })

export async function removeOrigin(form: FormData): Promise<void> {
  const actor = await requireStaff()
  const asked = Remove.safeParse(Object.fromEntries(form))
  const isGone = asked.success && (await removeWidgetOrigin(actor, asked.data.id))
  if (!isGone) notFound()
  redirect('/console/settings/widget?said=removed')
}
