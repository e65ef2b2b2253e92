import 'server-only'
import { type Actor, actorName, seesAll } from '@/lib/access/actor'
import { todayIn } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { Fault } from '@/lib/base/fault'
import { isId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { owedInvoices } from '@/lib/billing/owed-invoices'
import { billingContact } from '@/lib/billing/queries'
import { audit } from '@/lib/tenancy/audit'
import { getTenant } from '@/lib/tenancy/queries'
import { localeOf } from '@/messages/words'
import { linkPlace, linkUntilPlace } from './link-place'
import { isAddress } from './message'
import { queueMessage } from './queue-message'
import { openInvoices } from './templates/open-invoices'

export type StatementSent =
  | { ok: true; to: string }
  /** Nobody to write to; nothing open; or the client has left, and the link of its statement would not open. */
  | { ok: false; because: 'no-address' | 'not-open' | 'left' }

/**
 * Mails what a client owes, with one link that pays it. It is only ever asked for by somebody, never sent by rule.
 * @param sending what makes this sending one: asked for again under the same name, nothing is sent twice
 * @param to instead of the billing contact
 * @throws Fault not-found when there is no such client, or the actor neither sees all nor holds a link of its statement
 */
export async function sendStatement(
  actor: Actor,
  clientId: string,
  sending: string,
  to?: string,
): Promise<StatementSent> {
  const isTheirs = seesAll(actor) || ('invoiceIds' in actor && actor.clientId === clientId)
  if (!isTheirs || !isId(clientId)) throw new Fault('not-found', 'No such client')
  return withTenant(actor.tenantId, (tx) => queueStatement(tx, actor, clientId, sending, to))
}

/** The same inside a transaction of ours, for a client the actor may see. */
export async function queueStatement(
  tx: Tx,
  actor: Actor,
  clientId: string,
  sending: string,
  to?: string,
): Promise<StatementSent> {
  const client = await tx.row<{ name: string; currency: string; isGone: boolean }>(sql`
      select name, currency, gone_at is not null as is_gone from clients where tenant_id = ${tx.tenantId} and id = ${clientId}`)
  if (client === undefined) throw new Fault('not-found', 'No such client')
  if (client.isGone) return { ok: false, because: 'left' }
  const invoices = await owedInvoices(tx, clientId)
  if (invoices.length === 0) return { ok: false, because: 'not-open' }
  const contact = await billingContact(tx, clientId)
  const address = to ?? contact?.email
  if (address === undefined || !isAddress(address)) return { ok: false, because: 'no-address' }
  const sender = await getTenant(tx)
  const locale = localeOf(contact?.locale, sender.locale)
  const mail = await openInvoices({
    ...{ sender, locale, invoices, today: todayIn(sender.timeZone) },
    ...{ clientName: client.name, currency: client.currency, payUrl: linkPlace, linkUntil: linkUntilPlace },
    ...(contact !== undefined && address === contact.email ? { recipient: contact.name } : {}),
  })
  const key = `open_invoices:${clientId}:${sending}`
  await queueMessage(tx, { key, kind: 'open_invoices', to: address, locale, clientId, ...mail })
  await audit(tx, actorName(actor), 'statement.sent', { kind: 'client', id: clientId }, { count: invoices.length })
  return { ok: true, to: address }
}
