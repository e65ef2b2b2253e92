import 'server-only'
import { addDays, now, type PlainDate } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { hashToken, newId, newToken } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { findTenantBySlug } from '@/lib/tenancy/across-tenants'
import { tenantAddress } from '@/lib/tenancy/tenant-address'
import type { Actor } from './actor'

export type LinkActor = Extract<Actor, { kind: 'link' }>
export type OpenedLink =
  | { ok: true; tenantId: string; actor: LinkActor; made?: LinkMade }
  | { ok: false; because: 'unknown' }
  | { ok: false; because: 'expired' | 'replaced' | 'forwarded'; tenantId: string; invoiceId: string; linkId: string }

/** When a link was made, and what its invoice said then. */
export type LinkMade = { at: Date; version: number; dueOn: PlainDate }

const daysAfterDue = 30
const daysMax = 120

/**
 * A new secret for one invoice: 256 bits, of which only a hash is kept. It lives until 30 days after the due date, or 30
 * days from now for one that is overdue, and never longer than 120 days.
 */
export async function createPayLink(
  tx: Tx,
  link: { invoiceId: string; dueOn: PlainDate; sentTo: string | null },
): Promise<string> {
  const token = newToken()
  const today = now().toISOString().slice(0, 10)
  const wished = addDays(link.dueOn > today ? link.dueOn : today, daysAfterDue)
  const latest = addDays(today, daysMax)
  const expiresAt = new Date(`${wished < latest ? wished : latest}T23:59:59Z`)
  await tx.run(sql`
    insert into pay_links (tenant_id, id, token_hash, invoice_id, sent_to, invoice_version, invoice_due_on, created_at, expires_at)
    select ${tx.tenantId}, ${newId()}, ${hashToken(token)}, id, ${link.sentTo}, version, due_on, ${now()}, ${expiresAt}
    from invoices where tenant_id = ${tx.tenantId} and id = ${link.invoiceId}`)
  return token
}

/** On the tenant's own host, where it has one. */
export async function payLinkUrl(tx: Tx, token: string): Promise<string> {
  return `${await tenantAddress(tx)}/pay/${token}`
}

type FoundLink = {
  id: string
  invoiceId: string
  clientId: string
  createdAt: Date
  invoiceVersion: number | null
  invoiceDueOn: PlainDate | null
  expiresAt: Date
  revokedAt: Date | null
  revokedBecause: RevokedBecause | null
}

/** Who holds this link. Opening changes nothing: mail scanners open links too. */
export async function openPayLink(slug: string, token: string): Promise<OpenedLink> {
  const tenantId = /^[\w-]{43}$/.test(token) ? await findTenantBySlug(slug) : undefined
  if (tenantId === undefined) return { ok: false, because: 'unknown' }
  const link = await withTenant(tenantId, (tx) =>
    tx.row<FoundLink>(sql`
      select l.id, l.invoice_id, i.client_id, l.created_at, l.invoice_version, l.invoice_due_on, l.expires_at, l.revoked_at, l.revoked_because
      from pay_links l join invoices i on i.tenant_id = l.tenant_id and i.id = l.invoice_id
      where l.tenant_id = ${tx.tenantId} and l.token_hash = ${hashToken(token)}`),
  )
  if (link === undefined) return { ok: false, because: 'unknown' }
  const { id: linkId, invoiceId, clientId } = link
  const isForwarded = link.revokedBecause === 'forwarded'
  if (link.revokedAt !== null)
    return { ok: false, because: isForwarded ? 'forwarded' : 'replaced', tenantId, invoiceId, linkId }
  if (link.expiresAt <= now()) return { ok: false, because: 'expired', tenantId, invoiceId, linkId }
  const { createdAt: at, invoiceVersion: version, invoiceDueOn: dueOn } = link
  const actor: LinkActor = { kind: 'link', tenantId, linkId, invoiceId, clientId }
  return { ok: true, tenantId, actor, ...(version === null || dueOn === null ? {} : { made: { at, version, dueOn } }) }
}

/** `forwarded`: its holder passed it on, and the new link is theirs. `by_staff`: it leaked, or was sent to the wrong place. */
export type RevokedBecause = 'forwarded' | 'by_staff'

/** Closes one link, or all of an invoice, for good. @returns how many opened until now */
export async function revokePayLinks(
  tx: Tx,
  which: { linkId: string } | { invoiceId: string },
  because: RevokedBecause,
): Promise<number> {
  const chosen = 'linkId' in which ? sql`id = ${which.linkId}` : sql`invoice_id = ${which.invoiceId}`
  return tx.run(sql`
    update pay_links set revoked_at = ${now()}, revoked_because = ${because}
    where tenant_id = ${tx.tenantId} and ${chosen} and revoked_at is null and expires_at > ${now()}`)
}

/** A person looked at it: told by the page itself once it is shown, not by whoever fetched it. */
export async function markViewed(actor: LinkActor): Promise<void> {
  await withTenant(actor.tenantId, async (tx) => {
    await tx.run(
      sql`update pay_links set viewed_at = ${now()} where tenant_id = ${tx.tenantId} and id = ${actor.linkId} and viewed_at is null`,
    )
    await tx.run(
      sql`update invoices set viewed_at = ${now()} where tenant_id = ${tx.tenantId} and id = ${actor.invoiceId} and viewed_at is null`,
    )
  })
}
