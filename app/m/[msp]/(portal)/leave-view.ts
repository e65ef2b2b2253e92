'use server'

import { redirect } from 'next/navigation'
import { dropCookie } from '@/lib/access/cookies'
import { endView } from '@/lib/access/portal-view'
import { currentOnlooker } from '@/lib/access/require-contact'

/** Back to the console, to the client that was looked at. */
export async function leaveView(slug: string): Promise<void> {
  const actor = await currentOnlooker(slug)
  await dropCookie('view')
  if (actor === undefined) redirect('/console/sign-in')
  await endView(actor)
  redirect(`/console/clients/${actor.clientId}`)
}
