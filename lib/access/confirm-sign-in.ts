import 'server-only'
import { now } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { hashToken, isId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { audit } from '@/lib/tenancy/audit'
import { contactMayEnter } from './contact-may-enter'
import { type Audience, openSessionFor, type Where } from './session'

/** Wrong codes after which the link is dead: of a million codes, that many may be tried. */
const triesMax = 5

export type SignedIn =
  /** `isWaiting`: the second factor is still to come. */
  | { ok: true; cookie: string; isWaiting: boolean; returnTo: string | null }
  /** `other-browser`: it needs the code. `code`: that was a wrong one, and there are `left` tries. */
  | { ok: false; because: 'expired' | 'other-browser' }
  | { ok: false; because: 'code'; left: number }

type Ask = { audience: Audience; tenantId: string; token: string; browserToken: string }
type Open = {
  id: string
  personId: string
  returnTo: string | null
  email: string | null
  isSameBrowser: boolean
  codeHash: Buffer | null
  tries: number
}

/** Whether this browser is another than the one that asked. Changes nothing: mail scanners look too. */
export async function asksForCode(ask: Ask): Promise<boolean> {
  if (!isId(ask.tenantId)) return false
  const found = await withTenant(ask.tenantId, (tx) => findOpen(tx, ask))
  return found !== undefined && !found.isSameBrowser
}

/**
 * The link was confirmed by a press. Works once: in the browser that asked, or in another with the code which the first
 * one shows. Whoever only reads the mail, a scanner or a thief, has no code.
 */
export async function confirmSignIn(confirm: Ask & { code?: string; where?: Where }): Promise<SignedIn> {
  const { audience, tenantId, token, code = '', where } = confirm
  if (!isId(tenantId)) return { ok: false, because: 'expired' }
  return withTenant(tenantId, async (tx): Promise<SignedIn> => {
    const found = await findOpen(tx, confirm, true)
    if (found === undefined) return { ok: false, because: 'expired' }
    const { id, personId, returnTo, isSameBrowser } = found
    if (!isSameBrowser && code === '') return { ok: false, because: 'other-browser' }
    if (!isSameBrowser && found.codeHash?.equals(hashCode(token, code)) !== true) {
      await tx.run(sql`update sign_ins set tries = tries + 1 where tenant_id = ${tx.tenantId} and id = ${id}`)
      const left = triesMax - found.tries - 1
      await audit(tx, { kind: audience, id: personId }, 'sign_in.wrong_code', { kind: 'sign_in', id }, { left })
      return left > 0 ? { ok: false, because: 'code', left } : { ok: false, because: 'expired' }
    }
    await tx.run(sql`update sign_ins set used_at = ${now()} where tenant_id = ${tx.tenantId} and id = ${id}`)
    const grounds = { provenEmail: audience === 'contact' ? found.email : null }
    const { cookie, isWaiting } = await openSessionFor(tx, audience, personId, where, grounds)
    return { ok: true, cookie, isWaiting, returnTo }
  })
}

/** What is kept of a code: useless without the link's token, which is kept nowhere. */
export function hashCode(token: string, code: string): Buffer {
  return hashToken(`${token}\n${code}`)
}

function findOpen(tx: Tx, { audience, token, browserToken }: Ask, lock = false): Promise<Open | undefined> {
  return tx.row<Open>(sql`
    select id, person_id, return_to, email, browser_hash = ${hashToken(browserToken)} as is_same_browser, code_hash, tries
    from sign_ins s
    where tenant_id = ${tx.tenantId} and audience = ${audience} and token_hash = ${hashToken(token)} and used_at is null and expires_at > ${now()} and tries < ${triesMax}
      and (exists (select from staff p where p.tenant_id = s.tenant_id and p.id = s.person_id and p.disabled_at is null)
        or exists (select from contacts p where p.tenant_id = s.tenant_id and p.id = s.person_id and ${contactMayEnter}))
    ${lock ? sql`for update of s` : sql``}`)
}
