import 'server-only'
import { now } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { hashToken, isId, newId, newToken } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { findTenantBySlug } from '@/lib/tenancy/across-tenants'
import { audit } from '@/lib/tenancy/audit'
import type { AuditBy } from '@/lib/tenancy/audit-actions'
import { type Actor, actorName, type CheckoutScope } from './actor'

export type CheckoutActor = Extract<Actor, { kind: 'checkout' }>

/** What the holder may do: pay these invoices, pay whatever the client has open, or save a method. One client either way. */
export type WantedCheckout =
  | { scope: 'invoices'; invoiceIds: readonly string[] }
  | { scope: 'open' | 'method'; clientId: string }

export type MadeCheckout =
  | { ok: true; id: string; token: string; expiresAt: Date }
  /** `mixed`: the invoices belong to more than one client. */
  | { ok: false; because: 'no-such-invoice' | 'no-such-client' | 'no-invoices' | 'too-many' | 'mixed' }

const prefix = 'checkout_'
const lifeMs = 30 * 60_000
const invoicesMax = 100

/**
 * A new right to pay, for the widget on a page of the MSP's: 256 bits, of which only a hash is kept, good for half an
 * hour. `by` answers for the payer: the MSP's own server with its key, or whoever knew an invoice and its amount.
 */
export async function createCheckoutSession(tx: Tx, wanted: WantedCheckout, by: AuditBy): Promise<MadeCheckout> {
  const invoiceIds = wanted.scope === 'invoices' ? [...new Set(wanted.invoiceIds)] : []
  if (wanted.scope === 'invoices' && invoiceIds.length === 0) return { ok: false, because: 'no-invoices' }
  if (invoiceIds.length > invoicesMax) return { ok: false, because: 'too-many' }
  const client = wanted.scope === 'invoices' ? await clientOfAll(tx, invoiceIds) : await clientById(tx, wanted.clientId)
  if (!client.ok) return client
  const [id, token, at] = [newId(), `${prefix}${newToken()}`, now()]
  const expiresAt = new Date(at.getTime() + lifeMs)
  await tx.run(sql`
    insert into checkout_sessions (tenant_id, id, token_hash, client_id, scope, made_by_kind, made_by_id, created_at, expires_at)
    values (${tx.tenantId}, ${id}, ${hashToken(token)}, ${client.clientId}, ${wanted.scope}, ${by.kind}, ${by.id ?? null}, ${at}, ${expiresAt})`)
  await tx.run(sql`
    insert into checkout_session_invoices (tenant_id, session_id, invoice_id)
    select ${tx.tenantId}, ${id}, invoice_id from unnest(${invoiceIds}::uuid[]) as asked (invoice_id)`)
  const detail = { scope: wanted.scope, clientId: client.clientId, invoiceIds }
  await audit(tx, by, 'checkout.opened', { kind: 'checkout', id }, detail)
  return { ok: true, id, token, expiresAt }
}

/** Who holds this token at this MSP; undefined for one that is unknown, another MSP's, taken back or has run out. */
export async function openCheckoutSession(slug: string, token: string): Promise<CheckoutActor | undefined> {
  const isToken = token.startsWith(prefix) && /^[\w-]{43}$/.test(token.slice(prefix.length))
  const tenantId = isToken ? await findTenantBySlug(slug) : undefined
  if (tenantId === undefined) return undefined
  const found = await withTenant(tenantId, (tx) =>
    tx.row<{ id: string; clientId: string; scope: CheckoutScope['kind']; invoiceIds: string[] }>(sql`
      select s.id, s.client_id, s.scope, array(
        select i.invoice_id::text from checkout_session_invoices i where i.tenant_id = s.tenant_id and i.session_id = s.id order by 1) as invoice_ids
      from checkout_sessions s
      where s.tenant_id = ${tx.tenantId} and s.token_hash = ${hashToken(token)} and s.revoked_at is null and s.expires_at > ${now()}`),
  )
  if (found === undefined) return undefined
  const { id: sessionId, clientId, scope: kind, invoiceIds } = found
  const scope = kind === 'invoices' ? { kind, invoiceIds } : { kind }
  return { kind: 'checkout', tenantId, sessionId, clientId, scope }
}

/** Takes the right back before its time. @returns whether there was one to take */
export async function revokeCheckoutSession(tx: Tx, id: string, by: Actor): Promise<boolean> {
  if (!isId(id)) return false
  const count = await tx.run(
    sql`update checkout_sessions set revoked_at = ${now()} where tenant_id = ${tx.tenantId} and id = ${id} and revoked_at is null`,
  )
  if (count > 0) await audit(tx, actorName(by), 'checkout.revoked', { kind: 'checkout', id })
  return count > 0
}

type FoundClient = { ok: true; clientId: string } | Extract<MadeCheckout, { ok: false }>

/** The one client all of these invoices belong to. */
async function clientOfAll(tx: Tx, invoiceIds: readonly string[]): Promise<FoundClient> {
  if (!invoiceIds.every(isId)) return { ok: false, because: 'no-such-invoice' }
  const rows = await tx.rows<{ clientId: string; count: number }>(sql`
    select client_id, count(*)::int as count from invoices where tenant_id = ${tx.tenantId} and id = any(${invoiceIds}::uuid[]) group by 1`)
  if (rows.reduce((sum, { count }) => sum + count, 0) !== invoiceIds.length)
    return { ok: false, because: 'no-such-invoice' }
  const [first, ...others] = rows
  return first === undefined || others.length > 0
    ? { ok: false, because: 'mixed' }
    : { ok: true, clientId: first.clientId }
}

async function clientById(tx: Tx, id: string): Promise<FoundClient> {
  const row = isId(id)
    ? await tx.row<{ id: string }>(sql`select id from clients where tenant_id = ${tx.tenantId} and id = ${id}`)
    : undefined
  return row === undefined ? { ok: false, because: 'no-such-client' } : { ok: true, clientId: row.id }
}
