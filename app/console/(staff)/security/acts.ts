'use server'

import { redirect } from 'next/navigation'
import { dropCookie } from '@/lib/access/cookies'
import { removeFactor } from '@/lib/access/factors'
import { renewRecoveryCodes } from '@/lib/access/recovery-codes'
import { requireFactorOfAll } from '@/lib/access/require-factor'
import { requireFreshStaff, requireStaff } from '@/lib/access/require-staff'
import { revokeOwnSessions, revokeSession } from '@/lib/access/sessions'
import { removeIdentity } from '@/lib/access/staff-identities'

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

/** A new set of recovery codes, shown this once; the earlier ones are dead. */
export async function renewCodes(): Promise<string[]> {
  return renewRecoveryCodes(await requireFreshStaff(page))
}

/** Takes away the app, or the passkey whose id is in the form. */
export async function removeOneFactor(form: FormData): Promise<void> {
  const actor = await requireFreshStaff(page)
  const passkeyId = form.get('id')
  const removed = await removeFactor(actor, passkeyId === null ? 'app' : { passkeyId: String(passkeyId) })
  redirect(`${page}?said=${removed.ok ? 'removed' : removed.because === 'last' ? 'last' : 'nothing'}`)
}

/** An account outside signs one in no longer. */
export async function removeOneIdentity(form: FormData): Promise<void> {
  const removed = await removeIdentity(await requireFreshStaff(page), String(form.get('id')))
  redirect(`${page}?said=${removed ? 'directory-removed' : 'nothing'}`)
}

/** Whether everybody at the MSP needs a second factor. */
export async function requireOfAll(form: FormData): Promise<void> {
  const actor = await requireFreshStaff(page)
  const answer = await requireFactorOfAll(actor, form.get('on') === 'yes')
  redirect(`${page}?said=${answer.ok ? 'saved' : answer.because}`)
}
