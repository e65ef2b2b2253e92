'use server'

import { notFound, redirect } from 'next/navigation'
import { requireFreshStaff } from '@/lib/access/require-staff'
import { declineErasure } from '@/lib/privacy/decline-erasure'

const page = '/console/settings/privacy'

export type DeclineState = { problem: string; kept: string } | undefined

/** Leaves a request undone, and tells them why. @returns what is wrong with it */
export async function decline(_: DeclineState, form: FormData): Promise<DeclineState> {
  const id = String(form.get('id'))
  const actor = await requireFreshStaff(`${page}/${encodeURIComponent(id)}`)
  const kept = String(form.get('reason') ?? '').slice(0, 2_000)
  const answer = await declineErasure(actor, id, kept)
  if (answer.ok) redirect(`${page}?said=declined`)
  if (answer.because === 'not-owner') redirect(`${page}?said=not-owner`)
  if (answer.because === 'unknown') notFound()
  return { problem: 'Say why in at most a thousand characters: they are mailed these words.', kept }
}
