import 'server-only'
import { type PlainDate, todayIn } from '@/lib/base/clock'
import type { Tx } from '@/lib/base/db'
import { env } from '@/lib/base/env'
import { sql } from '@/lib/base/sql'
import { billingContact } from '@/lib/billing/queries'
import { readWording } from '@/lib/mail/keep-wording'
import { linkPlace } from '@/lib/mail/link-place'
import { queueMessage } from '@/lib/mail/queue-message'
import { type PaymentScheduledFacts, paymentScheduled, scheduledNotMade } from '@/lib/mail/templates/payment-scheduled'
import { zero } from '@/lib/money/money'
import { readScheduled } from '@/lib/payments/list-scheduled'
import { refusal } from '@/lib/payments/refusal'
import type { ScheduledView } from '@/lib/payments/scheduled'
import { getTenant } from '@/lib/tenancy/queries'
import { localeOf } from '@/messages/words'

/** A payment was set for this date: said once per date, and only while it still stands. */
export async function tellScheduled(tx: Tx, scheduleId: string, runOn: PlainDate, key: string): Promise<void> {
  const told = await factsOf(tx, scheduleId, 'payment_scheduled')
  if (told === undefined || told.scheduled.state !== 'scheduled' || told.scheduled.runOn !== runOn) return
  await queue(tx, told, 'payment_scheduled', `scheduled:${key}`, await paymentScheduled(told.facts))
}

/** It ended without a payment: when it was not needed nobody is told; when it could not be made, why and how to pay. */
export async function tellScheduledEnded(tx: Tx, scheduleId: string): Promise<void> {
  const told = await factsOf(tx, scheduleId, 'payment_failed')
  if (told === undefined) return
  const { state, endedReason } = told.scheduled
  if (state !== 'failed' && endedReason !== 'unreachable') return
  const why = endedReason === 'method-gone' || endedReason === 'unreachable' ? endedReason : 'not-allowed'
  const { reason } = refusal(why, told.facts.locale)
  const mail = await scheduledNotMade({ ...told.facts, url: linkPlace, reason })
  await queue(tx, told, 'payment_failed', `scheduled-failed:${scheduleId}`, mail)
}

type Told = { scheduled: ScheduledView; to: string; facts: PaymentScheduledFacts }

async function factsOf(
  tx: Tx,
  scheduleId: string,
  kind: 'payment_scheduled' | 'payment_failed',
): Promise<Told | undefined> {
  const scheduled = await readScheduled(tx, scheduleId)
  if (scheduled === undefined) return undefined
  const [tenant, contact] = [await getTenant(tx), await billingContact(tx, scheduled.clientId)]
  const asked = await tx.row<{ receiptEmail: string | null; locale: string; clientName: string }>(sql`
    select s.receipt_email, s.locale, c.name as client_name
    from scheduled_payments s join clients c on c.tenant_id = s.tenant_id and c.id = s.client_id
    where s.tenant_id = ${tx.tenantId} and s.id = ${scheduleId}`)
  const to = asked?.receiptEmail ?? contact?.email
  if (to === undefined || asked === undefined) return undefined
  const locale = localeOf(asked.locale, tenant.locale)
  const { amount, methodLabel, methodType, runOn, parts, isAutomatic } = scheduled
  return {
    ...{ scheduled, to },
    facts: {
      sender: tenant,
      locale,
      wording: await readWording(tx, kind, locale),
      clientName: asked.clientName,
      today: todayIn(tenant.timeZone),
      ...(contact?.email === to ? { recipient: contact.name } : {}),
      ...{ amount, methodLabel, runOn, isAutomatic },
      surcharge: zero(amount.currency),
      credit: zero(amount.currency),
      kept: zero(amount.currency),
      isBank: methodType === 'us_bank_account',
      allocations: parts,
      url: `${env().PUBLIC_URL}/m/${tenant.slug}/pay?scheduled=${scheduleId}`,
    },
  }
}

async function queue(
  tx: Tx,
  { scheduled, to, facts }: Told,
  kind: 'payment_scheduled' | 'payment_failed',
  key: string,
  mail: { subject: string; html: string; text: string },
): Promise<void> {
  const [first] = scheduled.parts
  const about = first === undefined ? {} : { invoiceId: first.invoiceId }
  await queueMessage(tx, { key, kind, to, locale: facts.locale, clientId: scheduled.clientId, ...about, ...mail })
}
