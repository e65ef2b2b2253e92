import 'server-only'
import { addDays, now, type PlainDate, todayIn } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { hashToken, newId, newToken } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { findTenantBySlug } from '@/lib/tenancy/across-tenants'
import { tenantAddress } from '@/lib/tenancy/tenant-address'
import type { Actor } from './actor'

export type LinkActor = Extract<Actor, { kind: 'link' }>
export type InvoiceLinkActor = Extract<LinkActor, { invoiceId: string }>
export type StatementLinkActor = Extract<LinkActor, { invoiceIds: readonly string[] }>

/** What a link opens: one invoice, or what a client owes in one currency. */
export type LinkScope = { invoiceId: string } | { clientId: string }

export type OpenedLink =
  | { ok: true; of: 'invoice'; tenantId: string; actor: InvoiceLinkActor; made?: LinkMade }
  | { ok: true; of: 'statement'; tenantId: string; actor: StatementLinkActor; madeAt: Date; currency: string }
  | { ok: false; because: 'unknown' }
  | { ok: false; because: 'expired' | 'replaced' | 'forwarded'; tenantId: string; scope: LinkScope; linkId: string }

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
  await tx.run(sql`
    insert into pay_links (tenant_id, id, token_hash, invoice_id, sent_to, invoice_version, invoice_due_on, created_at, expires_at)
    select ${tx.tenantId}, ${newId()}, ${hashToken(token)}, id, ${link.sentTo}, version, due_on, ${now()}, ${lastMoment(link.dueOn)}
    from invoices where tenant_id = ${tx.tenantId} and id = ${link.invoiceId}`)
  return token
}

/** The same for a statement: what this client owes in its currency. It lives by the due date that comes last. */
export async function createStatementLink(
  tx: Tx,
  { clientId, sentTo }: { clientId: string; sentTo: string | null },
): Promise<string> {
  const token = newToken()
  const last = await tx.row<{ dueOn: PlainDate | null }>(sql`
    select max(i.due_on) as due_on from invoices i join clients c on c.tenant_id = i.tenant_id and c.id = i.client_id
    where i.tenant_id = ${tx.tenantId} and i.client_id = ${clientId} and i.currency = c.currency
      and i.kind = 'invoice' and i.balance_minor > 0`)
  const expiresAt = lastMoment(last?.dueOn ?? todayIn('UTC'))
  await tx.run(sql`
    insert into pay_links (tenant_id, id, token_hash, client_id, currency, sent_to, created_at, expires_at)
    select ${tx.tenantId}, ${newId()}, ${hashToken(token)}, id, currency, ${sentTo}, ${now()}, ${expiresAt}
    from clients where tenant_id = ${tx.tenantId} and id = ${clientId}`)
  return token
}

function lastMoment(dueOn: PlainDate): Date {
  const today = todayIn('UTC')
  const wished = addDays(dueOn > today ? dueOn : today, daysAfterDue)
  const latest = addDays(today, daysMax)
  return new Date(`${wished < latest ? wished : latest}T23:59:59Z`)
}

/** On the tenant's own host, where it has one. */
export async function payLinkUrl(tx: Tx, token: string): Promise<string> {
  return `${await tenantAddress(tx)}/pay/${token}`
}

type FoundLink = {
  id: string
  /** Of a statement: none. */
  invoiceId: string | null
  currency: string | null
  clientId: string
  isGone: boolean
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
  return withTenant(tenantId, async (tx) => {
    const link = await tx.row<FoundLink>(sql`
      select l.id, l.invoice_id, l.currency, c.id as client_id, c.gone_at is not null as is_gone, l.created_at, l.invoice_version,
        l.invoice_due_on, l.expires_at, l.revoked_at, l.revoked_because
      from pay_links l
      left join invoices i on i.tenant_id = l.tenant_id and i.id = l.invoice_id
      join clients c on c.tenant_id = l.tenant_id and c.id = coalesce(i.client_id, l.client_id)
      where l.tenant_id = ${tx.tenantId} and l.token_hash = ${hashToken(token)}`)
    return link === undefined ? { ok: false, because: 'unknown' } : openFound(tx, link)
  })
}

async function openFound(tx: Tx, link: FoundLink): Promise<OpenedLink> {
  const { tenantId } = tx
  const { id: linkId, invoiceId, clientId, currency, createdAt: at } = link
  const scope = invoiceId === null ? { clientId } : { invoiceId }
  // An invoice stays owed; the account of a client who has left is theirs alone.
  if (invoiceId === null && link.isGone) return { ok: false, because: 'unknown' }
  const isForwarded = link.revokedBecause === 'forwarded'
  if (link.revokedAt !== null)
    return { ok: false, because: isForwarded ? 'forwarded' : 'replaced', tenantId, scope, linkId }
  if (link.expiresAt <= now()) return { ok: false, because: 'expired', tenantId, scope, linkId }
  if (invoiceId === null) {
    const invoiceIds = await invoicesOf(tx, { clientId, currency: currency ?? '', since: at })
    const actor: StatementLinkActor = { kind: 'link', tenantId, linkId, invoiceIds, clientId }
    return { ok: true, of: 'statement', tenantId, actor, madeAt: at, currency: currency ?? '' }
  }
  const { invoiceVersion: version, invoiceDueOn: dueOn } = link
  const actor: InvoiceLinkActor = { kind: 'link', tenantId, linkId, invoiceId, clientId }
  const made = version === null || dueOn === null ? {} : { made: { at, version, dueOn } }
  return { ok: true, of: 'invoice', tenantId, actor, ...made }
}

/**
 * What a statement's link opens: every invoice that is open now, whenever it came, and those that were settled or voided
 * since the link was made, so that whoever paid one finds it paid and not gone.
 */
async function invoicesOf(tx: Tx, of: { clientId: string; currency: string; since: Date }): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(sql`
    select id from invoices
    where tenant_id = ${tx.tenantId} and client_id = ${of.clientId} and currency = ${of.currency} and kind = 'invoice'
      and (balance_minor > 0 or settled_at >= ${of.since} or voided_at >= ${of.since})
    order by due_on, id`)
  return rows.map(({ id }) => id)
}

/** `forwarded`: its holder passed it on, and the new link is theirs. `by_staff`: it leaked, or was sent to the wrong place. */
export type RevokedBecause = 'forwarded' | 'by_staff'

/** Closes one link, all of an invoice, or those of a client's statements, for good. @returns how many opened until now */
export async function revokePayLinks(
  tx: Tx,
  which: { linkId: string } | LinkScope,
  because: RevokedBecause,
): Promise<number> {
  const chosen =
    'linkId' in which
      ? sql`id = ${which.linkId}`
      : 'invoiceId' in which
        ? sql`invoice_id = ${which.invoiceId}`
        : sql`client_id = ${which.clientId}`
  return tx.run(sql`
    update pay_links set revoked_at = ${now()}, revoked_because = ${because}
    where tenant_id = ${tx.tenantId} and ${chosen} and revoked_at is null and expires_at > ${now()}`)
}

/**
 * A person looked at it: told by the page itself once it is shown, not by whoever fetched it. A statement lists its
 * invoices and shows none, so none of them counts as viewed.
 */
export async function markViewed(actor: LinkActor): Promise<void> {
  await withTenant(actor.tenantId, async (tx) => {
    await tx.run(
      sql`update pay_links set viewed_at = ${now()} where tenant_id = ${tx.tenantId} and id = ${actor.linkId} and viewed_at is null`,
    )
    if ('invoiceId' in actor)
      await tx.run(
        sql`update invoices set viewed_at = ${now()} where tenant_id = ${tx.tenantId} and id = ${actor.invoiceId} and viewed_at is null`,
      )
  })
}
