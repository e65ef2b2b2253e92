import 'server-only'
import { dropCookie, readCookie, type Which } from './cookies'
import { closeSession } from './session'

/** Ends the session on the server, not only in the browser. */
export async function signOut(which: Extract<Which, 'staff' | object>): Promise<void> {
  const cookie = await readCookie(which)
  if (cookie === undefined) return
  await closeSession(cookie)
  await dropCookie(which)
}
