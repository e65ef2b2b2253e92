import 'server-only'
import { createPayLink, createStatementLink, payLinkUrl } from '@/lib/access/pay-link'
import { now, type PlainDate, todayIn } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { faultPoint } from '@/lib/base/fault-point'
import { hashToken } from '@/lib/base/ids'
import { log } from '@/lib/base/log'
import { sql } from '@/lib/base/sql'
import { getTenant } from '@/lib/tenancy/queries'
import type { Tenant } from '@/lib/tenancy/tenant'
import { formatDay } from '@/messages/date'
import { localeOf } from '@/messages/words'
import { fromTenant, logoOf } from './from-tenant'
import { fillLinkPlaces, hasLinkPlace } from './link-place'
import { erasedAddress } from './message'
import { type Envelope, messageIdOf, sendMail } from './transport'

type Waiting = {
  toEmail: string
  locale: string
  subject: string
  text: string
  html: string
  invoiceId: string | null
  clientId: string | null
}

/**
 * Sends a mail that waits. It is marked before and after: one that died in between is sent again under the same
 * Message-ID, which receiving servers fold into one.
 * @throws Error when the server does not take it; the caller tries again later
 */
export async function deliverMessage(tenantId: string, messageId: string): Promise<void> {
  const envelope = await withTenant(tenantId, (tx) => claim(tx, messageId))
  if (envelope === undefined) return
  await faultPoint('mail.before-send')
  try {
    await sendMail(envelope)
  } catch (error) {
    await mark(tenantId, messageId, 'failed', error instanceof Error ? error.message.slice(0, 300) : String(error))
    throw error
  }
  await faultPoint('mail.after-send')
  await mark(tenantId, messageId, 'sent')
  await faultPoint('mail.marked')
  log.info({ tenantId, messageId }, 'mail.sent')
}

async function claim(tx: Tx, messageId: string): Promise<Envelope | undefined> {
  const mail = await tx.row<Waiting>(sql`
    update messages set state = 'sending', error = null
    where tenant_id = ${tx.tenantId} and id = ${messageId} and state <> 'sent' and to_email <> ${erasedAddress}
    returning to_email, locale, subject, text, html, invoice_id, client_id`)
  if (mail === undefined) return undefined
  const tenant = await getTenant(tx)
  const { html, text } = hasLinkPlace(mail) ? await withLink(tx, tenant, mail) : mail
  return {
    messageId: messageIdOf(messageId),
    ...fromTenant(tenant),
    ...(await logoOf(tx, html)),
    to: mail.toEmail,
    subject: mail.subject,
    locale: mail.locale,
    html,
    text,
  }
}

async function withLink(tx: Tx, tenant: Tenant, mail: Waiting): Promise<Pick<Waiting, 'html' | 'text'>> {
  const token = await linkFor(tx, mail)
  if (token === undefined) return mail
  const link = await tx.row<{ expiresAt: Date }>(sql`
    select expires_at from pay_links where tenant_id = ${tx.tenantId} and token_hash = ${hashToken(token)}`)
  const until = todayIn(tenant.timeZone, link?.expiresAt)
  return fillLinkPlaces(mail, {
    url: await payLinkUrl(tx, token),
    until: formatDay(until, localeOf(mail.locale), 'document', todayIn(tenant.timeZone)),
  })
}

/** The link of what the mail is about: its invoice, or else all that its client owes. */
async function linkFor(tx: Tx, { invoiceId, clientId, toEmail: sentTo }: Waiting): Promise<string | undefined> {
  if (invoiceId === null) return clientId === null ? undefined : createStatementLink(tx, { clientId, sentTo })
  const invoice = await tx.row<{ dueOn: PlainDate }>(sql`
    select due_on from invoices where tenant_id = ${tx.tenantId} and id = ${invoiceId}`)
  return invoice === undefined ? undefined : createPayLink(tx, { invoiceId, dueOn: invoice.dueOn, sentTo })
}

/** The last mail to somebody who was erased leaves nothing behind of whom it went to. */
async function mark(tenantId: string, messageId: string, state: 'sent' | 'failed', error?: string): Promise<void> {
  const isLast = sql`(kind = 'erasure_done' and ${state === 'sent'})`
  await withTenant(tenantId, (tx) =>
    tx.run(sql`
      update messages set state = ${state}, error = ${error ?? null}, sent_at = ${state === 'sent' ? now() : null},
        to_email = case when ${isLast} then ${erasedAddress} else to_email end,
        text = case when ${isLast} then '' else text end, html = case when ${isLast} then '' else html end
      where tenant_id = ${tx.tenantId} and id = ${messageId}`),
  )
}
