'use server'

import { redirect } from 'next/navigation'
import { readCookie, writeCookie } from '@/lib/access/cookies'
import { requireStaff } from '@/lib/access/require-staff'
import { askSignInOf, browserTokenFor } from '@/lib/access/sign-in'
import { throttle } from '@/lib/access/throttle'

/** Mails a link to whoever is signed in: it opens a fresh session, and leads back to where they were. */
export async function mailProof(form: FormData): Promise<void> {
  const actor = await requireStaff()
  const to = String(form.get('to') ?? '')
  const tries = await throttle('signIn', actor.staffId)
  if (!tries.ok) redirect(`/console/confirm?said=busy&to=${encodeURIComponent(to.slice(0, 300))}`)
  const browserToken = browserTokenFor(await readCookie('browser'))
  await askSignInOf(actor, { returnTo: to.slice(0, 300), browserToken })
  await writeCookie('browser', browserToken, 600)
  redirect('/console/confirm/sent')
}
