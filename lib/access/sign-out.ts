import 'server-only'
import { dropCookie, readCookie } from './cookies'
import { type Audience, closeSession } from './session'

/** Ends the session on the server, not only in the browser. */
export async function signOut(audience: Audience): Promise<void> {
  const cookie = await readCookie(audience)
  if (cookie !== undefined) await closeSession(cookie)
  await dropCookie(audience)
}
