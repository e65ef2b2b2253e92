import 'server-only'
import { now } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { hashToken, newId, newToken } from '@/lib/base/ids'
import { seal, unseal } from '@/lib/base/secrets'
import { sql } from '@/lib/base/sql'
import { announce } from '@/lib/events/announce'
import { findStaffByEmail } from '@/lib/tenancy/across-tenants'
import { audit } from '@/lib/tenancy/audit'
import { hashCode } from './confirm-sign-in'
import { contactMayEnter } from './contact-may-enter'
import type { StaffActor } from './require-staff'
import type { Audience } from './session'
import { codeOf } from './sign-in-code'

const minutesValid = 10
/** A bookkeeper may serve a few of an MSP's clients; each gets a link of its own. */
const clientsMax = 10

type Ask = {
  audience: Audience
  tenantId?: string
  email: string
  returnTo?: string
  /** The secret in the asking browser's cookie: the link works together with it, or with the code that follows from it. */
  browserToken: string
}

/**
 * Somebody wants to sign in by mail. Nothing comes back: only the mailbox learns whether the address is known. Ask it
 * after the answer is sent, so that not even the time it takes tells. The mail is sent by whoever works `sign_in.asked`.
 */
export async function askSignIn(ask: Ask): Promise<void> {
  const email = ask.email.trim().toLowerCase()
  for (const { tenantId, personId } of await peopleBehind(ask.audience, ask.tenantId, email)) {
    await withTenant(tenantId, (tx) => write(tx, { ...ask, email, personId }))
  }
}

/** The same for somebody who is signed in and is to prove again who they are. */
export async function askSignInOf(
  { tenantId, staffId }: StaffActor,
  ask: { returnTo: string; browserToken: string },
): Promise<void> {
  await withTenant(tenantId, (tx) => write(tx, { audience: 'staff', personId: staffId, ...ask }))
}

/** The secret of a browser that asks again is the one it has: the code it shows is good for every link it asked for. */
export function browserTokenFor(kept: string | undefined): string {
  return kept !== undefined && /^[\w-]{43}$/.test(kept) ? kept : newToken()
}

async function write(tx: Tx, ask: Omit<Ask, 'email'> & { email?: string; personId: string }): Promise<void> {
  const [id, token, at] = [newId(), newToken(), now()]
  await tx.run(sql`
    insert into sign_ins (tenant_id, id, audience, person_id, token_hash, browser_hash, code_hash, return_to, email, created_at, expires_at)
    values (${tx.tenantId}, ${id}, ${ask.audience}, ${ask.personId}, ${hashToken(token)}, ${hashToken(ask.browserToken)},
      ${hashCode(token, codeOf(ask.browserToken))}, ${safePath(ask.returnTo)}, ${ask.email ?? null}, ${at}, ${new Date(at.getTime() + minutesValid * 60_000)})`)
  await audit(tx, { kind: ask.audience, id: ask.personId }, 'sign_in.asked', { kind: 'sign_in', id })
  // The token must reach the mail, and must not lie readable in the queue on its way there.
  await announce(tx, { kind: 'sign_in.asked', signInId: id, sealedToken: seal(token, placeOf(tx.tenantId, id)) }, id)
}

/** The token of a sign-in on its way to the mail. */
export function unsealSignInToken(tenantId: string, signInId: string, sealed: string): string {
  return unseal(sealed, placeOf(tenantId, signInId))
}

export type SignInMailFacts = {
  audience: Audience
  email: string
  name: string
  locale: string
  /** Which company it is for, when the address is known at more than one. */
  company: string | null
  /** Where it leads; `/` when a client asked on the MSP's own host. */
  returnTo: string | null
}

/**
 * To whom a sign-in is mailed; undefined when it has been used or has run out meanwhile, or when they have another
 * address than the one it was asked for by: opening it would prove the wrong mailbox.
 */
export async function signInMailFacts(tx: Tx, signInId: string): Promise<SignInMailFacts | undefined> {
  return tx.row<SignInMailFacts>(sql`
    select s.audience, coalesce(p.email, c.email) as email, coalesce(p.name, c.name) as name, coalesce(c.locale, k.locale, t.locale) as locale, s.return_to,
      case when exists (select from contacts p where p.tenant_id = s.tenant_id and p.email = c.email and p.client_id <> c.client_id and ${contactMayEnter}) then k.name end as company
    from sign_ins s join tenants t on t.id = s.tenant_id
    left join staff p on p.tenant_id = s.tenant_id and p.id = s.person_id and s.audience = 'staff'
    left join contacts c on c.tenant_id = s.tenant_id and c.id = s.person_id and s.audience = 'contact'
    left join clients k on k.tenant_id = c.tenant_id and k.id = c.client_id
    where s.tenant_id = ${tx.tenantId} and s.id = ${signInId} and s.used_at is null and s.expires_at > ${now()}
      and (s.email is null or s.email = coalesce(p.email, c.email))`)
}

async function peopleBehind(
  audience: Audience,
  tenantId: string | undefined,
  email: string,
): Promise<{ tenantId: string; personId: string }[]> {
  if (audience === 'staff')
    return (await findStaffByEmail(email)).map(({ tenantId, staffId }) => ({ tenantId, personId: staffId }))
  if (tenantId === undefined) return []
  const contacts = await withTenant(tenantId, (tx) =>
    tx.rows<{ id: string }>(sql`
      select distinct on (p.client_id) p.id from contacts p
      where p.tenant_id = ${tx.tenantId} and p.email = ${email} and ${contactMayEnter}
      order by p.client_id, p.is_billing desc, p.id limit ${clientsMax}`),
  )
  return contacts.map(({ id }) => ({ tenantId, personId: id }))
}

/** Only a path of our own: a return address is the oldest open redirect there is. */
function safePath(path: string | undefined): string | null {
  return path !== undefined && /^\/(?![/\\])[\w\-/?=&.%]*$/.test(path) ? path : null
}

function placeOf(tenantId: string, signInId: string): string {
  return `${tenantId}:sign-in:${signInId}`
}
