import 'server-only'
import { now } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { env } from '@/lib/base/env'
import { faultPoint } from '@/lib/base/fault-point'
import { log } from '@/lib/base/log'
import { sql } from '@/lib/base/sql'
import { getTenant } from '@/lib/tenancy/queries'
import { isAddress } from './message'
import { sendMail } from './transport'

type Waiting = { toEmail: string; locale: string; subject: string; text: string; html: string; state: string }

/**
 * Sends a mail that waits. It is marked before and after: one that died in between is sent again under the same
 * Message-ID, which receiving servers fold into one.
 * @throws Error when the server does not take it; the caller tries again later
 */
export async function deliverMessage(tenantId: string, messageId: string): Promise<void> {
  const { tenant, mail } = await withTenant(tenantId, async (tx) => {
    const claimed = await tx.row<Waiting>(sql`
      update messages set state = 'sending', error = null
      where tenant_id = ${tx.tenantId} and id = ${messageId} and state <> 'sent'
      returning to_email, locale, subject, text, html, state`)
    return { tenant: await getTenant(tx), mail: claimed }
  })
  if (mail === undefined) return
  await faultPoint('mail.before-send')
  const { senderName, supportEmail } = tenant.brand
  try {
    await sendMail({
      messageId: messageIdOf(messageId),
      fromName: senderName || tenant.name,
      ...(isAddress(supportEmail) ? { replyTo: supportEmail } : {}),
      to: mail.toEmail,
      subject: mail.subject,
      html: mail.html,
      text: mail.text,
      locale: mail.locale,
    })
  } catch (error) {
    await mark(tenantId, messageId, 'failed', error instanceof Error ? error.message.slice(0, 300) : String(error))
    log.warn({ tenantId, messageId, error }, 'mail.failed')
    throw error
  }
  await faultPoint('mail.after-send')
  await mark(tenantId, messageId, 'sent')
  log.info({ tenantId, messageId }, 'mail.sent')
}

/** The same mail always has the same Message-ID, at the domain it is sent from. */
function messageIdOf(messageId: string): string {
  return `<${messageId}@${env().MAIL_FROM.split('@')[1] ?? 'localhost'}>`
}

async function mark(tenantId: string, messageId: string, state: 'sent' | 'failed', error?: string): Promise<void> {
  await withTenant(tenantId, (tx) =>
    tx.run(sql`
      update messages set state = ${state}, error = ${error ?? null}, sent_at = ${state === 'sent' ? now() : null}
      where tenant_id = ${tx.tenantId} and id = ${messageId}`),
  )
}
