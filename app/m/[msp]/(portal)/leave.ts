'use server'

import { redirect } from 'next/navigation'
import { signOut } from '@/lib/access/sign-out'

/** Ends the session at this MSP on the server, not only in this browser. */
export async function leave(slug: string): Promise<void> {
  await signOut({ contactOf: slug })
  redirect(`/m/${encodeURIComponent(slug)}/sign-in?left=1`)
}
