import 'server-only'
import { dropCookie, readCookie, writeCookie } from '@/lib/access/cookies'
import { closeSession } from '@/lib/access/session'

/** Puts a new session into the browser, in the place of the one before. @returns the address to go on to */
export async function goIn({ cookie, isWaiting }: { cookie: string; isWaiting: boolean }): Promise<string> {
  // The session that this one takes the place of: nobody will look at it any more.
  const before = await readCookie('staff')
  if (before !== undefined) await closeSession(before)
  await writeCookie('staff', cookie)
  await dropCookie('browser')
  return isWaiting ? '/console/sign-in/second' : '/console'
}
