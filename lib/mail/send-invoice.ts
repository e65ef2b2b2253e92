import 'server-only'
import { type Actor, actorName, mayAct } from '@/lib/access/actor'
import { comingCharge } from '@/lib/autopay/coming-charge'
import { now, todayIn } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { Fault } from '@/lib/base/fault'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import type { InvoiceView } from '@/lib/billing/invoice'
import { billingContact, getInvoice } from '@/lib/billing/queries'
import { audit } from '@/lib/tenancy/audit'
import { getTenant } from '@/lib/tenancy/queries'
import { localeOf } from '@/messages/words'
import { readWording } from './keep-wording'
import { linkPlace, linkUntilPlace } from './link-place'
import { isAddress } from './message'
import { isUnwanted } from './notice'
import { queueMessage } from './queue-message'
import { payNow } from './templates/pay-now'

export type InvoiceSent =
  | { ok: true; to: string }
  /** Nobody to write to; nothing left to pay; or whom it would go to by rule has asked for no such mail. */
  | { ok: false; because: 'no-address' | 'not-open' | 'unwanted' }

/**
 * Mails an invoice with its pay link. By rule it is mailed once per version; a person may send it again and again.
 * @param to instead of the billing contact
 * @param again what makes this sending a new one; a person's every press is
 * @throws Fault not-found when the invoice is not the actor's to see
 */
export async function sendInvoice(actor: Actor, invoiceId: string, to?: string, again?: string): Promise<InvoiceSent> {
  if (!mayAct(actor)) throw new Fault('not-found', 'No such invoice')
  const invoice = await getInvoice(actor, invoiceId)
  const sending = again ?? (actor.kind === 'staff' ? newId() : undefined)
  return withTenant(actor.tenantId, (tx) =>
    queueInvoice(tx, actor, invoice, {
      ...(to === undefined ? {} : { to }),
      ...(sending === undefined ? {} : { again: sending }),
    }),
  )
}

/** The same inside a transaction of ours, for an invoice the actor may see. */
export async function queueInvoice(
  tx: Tx,
  actor: Actor,
  invoice: InvoiceView,
  { to, again }: { to?: string; again?: string },
): Promise<InvoiceSent> {
  if (invoice.kind !== 'invoice' || invoice.state !== 'open' || invoice.balance.minor <= 0n)
    return { ok: false, because: 'not-open' }
  const contact = await billingContact(tx, invoice.clientId)
  const address = to ?? contact?.email
  if (address === undefined || !isAddress(address)) return { ok: false, because: 'no-address' }
  // What a person sends, they have a reason to send.
  const isByRule = to === undefined && again === undefined
  if (isByRule && isUnwanted('pay_now', contact?.switchedOff ?? [])) return { ok: false, because: 'unwanted' }
  await queueMessage(tx, {
    key: `${versionKey(invoice)}${again === undefined ? '' : `:${again}`}`,
    kind: 'pay_now',
    to: address,
    locale: localeOf(contact?.locale),
    clientId: invoice.clientId,
    invoiceId: invoice.id,
    ...(await letterFor(tx, invoice, contact?.locale, address === contact?.email ? contact.name : undefined)),
  })
  await tx.run(sql`
    update invoices set sent_at = ${now()} where tenant_id = ${tx.tenantId} and id = ${invoice.id} and sent_at is null`)
  await audit(tx, actorName(actor), 'invoice.sent', { kind: 'invoice', id: invoice.id }, { version: invoice.version })
  return { ok: true, to: address }
}

async function letterFor(tx: Tx, invoice: InvoiceView, wished: string | undefined, recipient: string | undefined) {
  const tenant = await getTenant(tx)
  const locale = localeOf(wished, tenant.locale)
  const coming = await comingCharge(tx, invoice.id)
  const { acceptBankDebits, acceptCards, acceptPads } = tenant.settings
  const acceptsBank = invoice.balance.currency === 'CAD' ? acceptPads : acceptBankDebits
  return payNow({
    sender: tenant,
    locale,
    wording: await readWording(tx, 'pay_now', locale),
    today: todayIn(tenant.timeZone),
    ...(recipient === undefined ? {} : { recipient }),
    invoice: { ...invoice, lines: invoice.groups.flatMap(({ lines }) => lines) },
    ways: {
      ...(acceptsBank ? { bank: invoice.balance } : {}),
      ...(acceptCards ? { card: invoice.balance } : {}),
    },
    payUrl: linkPlace,
    linkUntil: linkUntilPlace,
    isChanged: await wasSentBefore(tx, invoice),
    ...(coming === undefined ? {} : { coming }),
  })
}

/** True when the client holds an earlier version. */
async function wasSentBefore(tx: Tx, invoice: InvoiceView): Promise<boolean> {
  const earlier = await tx.row(sql`
    select 1 from messages
    where tenant_id = ${tx.tenantId} and invoice_id = ${invoice.id} and kind = 'pay_now'
      and key <> ${versionKey(invoice)} and not starts_with(key, ${`${versionKey(invoice)}:`}) limit 1`)
  return earlier !== undefined
}

function versionKey({ id, version }: InvoiceView): string {
  return `pay_now:${id}:v${version}`
}
