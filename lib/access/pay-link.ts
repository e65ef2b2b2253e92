import 'server-only'
import { addDays, now, type PlainDate } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { env } from '@/lib/base/env'
import { hashToken, newId, newToken } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { findTenantBySlug } from '@/lib/tenancy/across-tenants'
import type { Actor } from './actor'

export type LinkActor = Extract<Actor, { kind: 'link' }>
export type OpenedLink =
  | { ok: true; tenantId: string; actor: LinkActor }
  | { ok: false; because: 'unknown' }
  | { ok: false; because: 'expired' | 'revoked'; tenantId: string; invoiceId: string; linkId: string }

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
    insert into pay_links (tenant_id, id, token_hash, invoice_id, sent_to, created_at, expires_at)
    values (${tx.tenantId}, ${newId()}, ${hashToken(token)}, ${link.invoiceId}, ${link.sentTo}, ${now()}, ${expiresAt})`)
  return token
}

export function payLinkUrl(slug: string, token: string): string {
  return `${env().PUBLIC_URL}/m/${slug}/pay/${token}`
}

/** Who holds this link. Opening changes nothing: mail scanners open links too. */
export async function openPayLink(slug: string, token: string): Promise<OpenedLink> {
  const tenantId = /^[\w-]{43}$/.test(token) ? await findTenantBySlug(slug) : undefined
  if (tenantId === undefined) return { ok: false, because: 'unknown' }
  const link = await withTenant(tenantId, (tx) =>
    tx.row<{ id: string; invoiceId: string; clientId: string; expiresAt: Date; revokedAt: Date | null }>(sql`
      select l.id, l.invoice_id, i.client_id, l.expires_at, l.revoked_at
      from pay_links l join invoices i on i.tenant_id = l.tenant_id and i.id = l.invoice_id
      where l.tenant_id = ${tx.tenantId} and l.token_hash = ${hashToken(token)}`),
  )
  if (link === undefined) return { ok: false, because: 'unknown' }
  const { id: linkId, invoiceId, clientId } = link
  if (link.revokedAt !== null) return { ok: false, because: 'revoked', tenantId, invoiceId, linkId }
  if (link.expiresAt <= now()) return { ok: false, because: 'expired', tenantId, invoiceId, linkId }
  return { ok: true, tenantId, actor: { kind: 'link', tenantId, linkId, invoiceId, clientId } }
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
