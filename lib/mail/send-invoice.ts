import 'server-only'
import { type Actor, actorName, mayAct } from '@/lib/access/actor'
import { comingCharge } from '@/lib/autopay/coming-charge'
import { now, todayIn } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { Fault } from '@/lib/base/fault'
import { hashToken, newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import type { InvoiceView } from '@/lib/billing/invoice'
import { type InvoiceRecipient, invoiceRecipients } from '@/lib/billing/invoice-recipients'
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
  /** `to`: the first of those it goes to. */
  | { ok: true; to: string }
  /** Nobody to write to; nothing left to pay; or all it would go to by rule have asked for no such mail. */
  | { ok: false; because: 'no-address' | 'not-open' | 'unwanted' }

/**
 * Mails an invoice with its pay link. By rule it is mailed once per version and address, to all whom the MSP's rule names;
 * a person may send it again and again, to the billing contact.
 * @param to instead of them
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
  // What a person sends, they have a reason to send.
  const isByRule = to === undefined && again === undefined
  const known = isByRule ? await invoiceRecipients(tx, invoice.clientId) : await billingOnly(tx, invoice.clientId)
  const addressed = (to === undefined ? known : [inPlaceOf(known[0], to)]).filter(({ email }) => isAddress(email))
  const wanting = addressed.filter(({ switchedOff }) => !isByRule || !isUnwanted('pay_now', switchedOff))
  const [first] = wanting
  if (first === undefined) return { ok: false, because: addressed.length === 0 ? 'no-address' : 'unwanted' }
  // Two runs of the rule at once take turns, so that the second sees whom the first has written to.
  if (isByRule)
    await tx.run(sql`select 1 from invoices where tenant_id = ${tx.tenantId} and id = ${invoice.id} for update`)
  for (const recipient of wanting) {
    if (isByRule && (await hasThisVersion(tx, invoice, recipient.email))) continue
    await queueMessage(tx, {
      key: keyOf(invoice, recipient.email, again),
      kind: 'pay_now',
      to: recipient.email,
      locale: localeOf(recipient.locale),
      clientId: invoice.clientId,
      invoiceId: invoice.id,
      ...(await letterFor(tx, invoice, recipient.locale, recipient.name)),
    })
  }
  await tx.run(sql`
    update invoices set sent_at = ${now()} where tenant_id = ${tx.tenantId} and id = ${invoice.id} and sent_at is null`)
  await audit(tx, actorName(actor), 'invoice.sent', { kind: 'invoice', id: invoice.id }, { version: invoice.version })
  return { ok: true, to: first.email }
}

/** Somebody else gets it in the language of the one it would go to, and is greeted by no name. */
function inPlaceOf(
  usual: InvoiceRecipient | undefined,
  email: string,
): Omit<InvoiceRecipient, 'name'> & { name?: string } {
  if (usual?.email === email) return usual
  return { email, locale: usual?.locale ?? '', switchedOff: [] }
}

async function billingOnly(tx: Tx, clientId: string): Promise<InvoiceRecipient[]> {
  const contact = await billingContact(tx, clientId)
  return contact === undefined ? [] : [contact]
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

/** Whether a mail with this version went to the address already, or is about to. */
async function hasThisVersion(tx: Tx, invoice: InvoiceView, email: string): Promise<boolean> {
  const found = await tx.row(sql`
    select 1 from messages
    where tenant_id = ${tx.tenantId} and invoice_id = ${invoice.id} and kind = 'pay_now' and lower(to_email) = ${email.toLowerCase()}
      and (key = ${versionKey(invoice)} or starts_with(key, ${`${versionKey(invoice)}:`})) limit 1`)
  return found !== undefined
}

/** One by rule for each address, which stands in it only as a hash: it outlives an erasure. */
function keyOf(invoice: InvoiceView, email: string, again: string | undefined): string {
  const rest = again ?? `to:${hashToken(email.toLowerCase()).toString('base64url')}`
  return `${versionKey(invoice)}:${rest}`
}

function versionKey({ id, version }: InvoiceView): string {
  return `pay_now:${id}:v${version}`
}
