'use server'

import { redirect } from 'next/navigation'
import { dropCookie, readCookie } from '@/lib/access/cookies'
import { closeSession } from '@/lib/access/session'

/** Ends the session on the server, not only in this browser. */
export async function leave(slug: string): Promise<void> {
  const cookie = await readCookie('contact')
  if (cookie !== undefined) await closeSession(cookie)
  await dropCookie('contact')
  redirect(`/m/${encodeURIComponent(slug)}/sign-in?left=1`)
}
