'use server'

import { redirect } from 'next/navigation'
import { dropCookie } from '@/lib/access/cookies'
import { requireStaff } from '@/lib/access/require-staff'
import { revokeOwnSessions, revokeSession } from '@/lib/access/sessions'

const page = '/console/security'

/** Ends one session of one's own; another's is nothing to it. */
export async function endSession(form: FormData): Promise<void> {
  const actor = await requireStaff()
  const ended = await revokeSession(actor, String(form.get('id')))
  redirect(`${page}?said=${ended ? 'ended' : 'nothing'}`)
}

/** Out everywhere, here too. */
export async function leaveEverywhere(): Promise<void> {
  const actor = await requireStaff()
  await revokeOwnSessions(actor)
  await dropCookie('staff')
  redirect('/console/sign-in')
}
