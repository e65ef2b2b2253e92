'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { dropCookie } from '@/lib/access/cookies'
import { requireContact } from '@/lib/access/require-contact'
import { revokeOwnSessions, revokeSession } from '@/lib/access/sessions'

/** Ends one session of the person's own; another's is nothing to it. */
export async function endSession(slug: string, form: FormData): Promise<void> {
  const actor = await requireContact(slug)
  await revokeSession(actor, String(form.get('id')))
  revalidatePath(`/m/${slug}/security`)
}

/** Out everywhere, here too. */
export async function leaveEverywhere(slug: string): Promise<void> {
  const actor = await requireContact(slug)
  await revokeOwnSessions(actor)
  await dropCookie({ contactOf: slug })
  redirect(`/m/${encodeURIComponent(slug)}/sign-in?left=1`)
}
