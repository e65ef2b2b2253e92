import 'server-only'
import type { AuthenticationResponseJSON } from '@simplewebauthn/server'
import { withTenant } from '@/lib/base/db'
import { checkPasskey, type Site } from './passkeys'
import { openSession, type Where } from './session'

/** A client's way in without a mail. @returns the cookie; undefined when the passkey is none of this MSP's clients' */
export async function enterWithPasskey(
  tenantId: string,
  site: Site,
  response: AuthenticationResponseJSON,
  where: Where,
): Promise<string | undefined> {
  return withTenant(tenantId, async (tx) => {
    const contactId = await checkPasskey(tx, 'contact', site, { purpose: 'sign-in' }, response)
    return contactId === undefined ? undefined : openSession(tx, 'contact', contactId, where)
  })
}
