import 'server-only'
import { type PlainDate, todayIn } from '@/lib/base/clock'
import type { Tx } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { billingContact } from '@/lib/billing/queries'
import { readWording } from '@/lib/mail/keep-wording'
import { linkPlace } from '@/lib/mail/link-place'
import { queueMessage } from '@/lib/mail/queue-message'
import { paidWithCredit } from '@/lib/mail/templates/paid-with-credit'
import { type PaymentScheduledFacts, paymentScheduled, scheduledNotMade } from '@/lib/mail/templates/payment-scheduled'
import { zero } from '@/lib/money/money'
import { readUse } from '@/lib/payments/credit-use'
import { readScheduled } from '@/lib/payments/list-scheduled'
import { refusal } from '@/lib/payments/refusal'
import { creditGone, type ScheduledView } from '@/lib/payments/scheduled'
import { getTenant } from '@/lib/tenancy/queries'
import { tenantAddress } from '@/lib/tenancy/tenant-address'
import { type Locale, localeOf, wordsIn } from '@/messages/words'

/** A payment was set for this date: said once per date, and only while it still stands. */
export async function tellScheduled(tx: Tx, scheduleId: string, runOn: PlainDate, key: string): Promise<void> {
  const told = await factsOf(tx, scheduleId, 'payment_scheduled')
  if (told === undefined || told.scheduled.state !== 'scheduled' || told.scheduled.runOn !== runOn) return
  await queue(tx, told, 'payment_scheduled', `scheduled:${key}`, await paymentScheduled(told.facts))
}

/**
 * It ended without a payment: when it was not needed nobody is told, but for one that credit paid; when it could not be
 * made, why and how to pay.
 */
export async function tellScheduledEnded(tx: Tx, scheduleId: string): Promise<void> {
  const told = await factsOf(tx, scheduleId, 'payment_failed')
  if (told === undefined) return
  const { state, endedReason } = told.scheduled
  if (endedReason === 'credit') return tellCovered(tx, told)
  if (state !== 'failed' && endedReason !== 'unreachable') return
  const mail = await scheduledNotMade({
    ...told.facts,
    url: linkPlace,
    reason: reasonOf(endedReason, told.facts.locale),
  })
  await queue(tx, told, 'payment_failed', `scheduled-failed:${scheduleId}`, mail)
}

function reasonOf(endedReason: string | undefined, locale: Locale): string {
  if (endedReason === creditGone) return wordsIn(locale)('when.creditUsed')
  const why = endedReason === 'method-gone' || endedReason === 'unreachable' ? endedReason : 'not-allowed'
  return refusal(why, locale).reason
}

async function tellCovered(tx: Tx, told: Told): Promise<void> {
  const { scheduled, facts } = told
  const use = await readUse(tx, scheduled.id)
  if (use === undefined) return
  const { timeZone } = await getTenant(tx)
  const mail = await paidWithCredit({ ...facts, ...use, paidOn: todayIn(timeZone, scheduled.stateAt) })
  await queue(tx, told, 'payment_received', `scheduled-covered:${scheduled.id}`, mail)
}

type Kind = 'payment_scheduled' | 'payment_failed' | 'payment_received'
type Told = { scheduled: ScheduledView; to: string; facts: PaymentScheduledFacts }

async function factsOf(
  tx: Tx,
  scheduleId: string,
  kind: 'payment_scheduled' | 'payment_failed',
): Promise<Told | undefined> {
  const scheduled = await readScheduled(tx, scheduleId)
  if (scheduled === undefined) return undefined
  const [tenant, contact] = [await getTenant(tx), await billingContact(tx, scheduled.clientId)]
  const asked = await tx.row<{ receiptEmail: string | null; locale: string; clientName: string; isAgain: boolean }>(sql`
    select s.receipt_email, s.locale, c.name as client_name,
      exists (select 1 from scheduled_parts p
        join scheduled_parts before on before.tenant_id = p.tenant_id and before.invoice_id = p.invoice_id
        join scheduled_payments x on x.tenant_id = before.tenant_id and x.id = before.schedule_id
        where p.tenant_id = s.tenant_id and p.schedule_id = s.id
          and x.autopay_id = s.autopay_id and x.ended_reason = ${creditGone}) as is_again
    from scheduled_payments s join clients c on c.tenant_id = s.tenant_id and c.id = s.client_id
    where s.tenant_id = ${tx.tenantId} and s.id = ${scheduleId}`)
  const to = asked?.receiptEmail ?? contact?.email
  if (to === undefined || asked === undefined) return undefined
  const locale = localeOf(asked.locale, tenant.locale)
  const { amount, credit, methodLabel, methodType, runOn, parts, isAutomatic } = scheduled
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
      isAgain: asked.isAgain,
      surcharge: zero(amount.currency),
      credit,
      kept: zero(amount.currency),
      isBank: methodType !== 'card',
      allocations: parts,
      url: `${await tenantAddress(tx)}/pay?scheduled=${scheduleId}`,
    },
  }
}

async function queue(
  tx: Tx,
  { scheduled, to, facts }: Told,
  kind: Kind,
  key: string,
  mail: { subject: string; html: string; text: string },
): Promise<void> {
  const [first] = scheduled.parts
  const about = first === undefined ? {} : { invoiceId: first.invoiceId }
  await queueMessage(tx, { key, kind, to, locale: facts.locale, clientId: scheduled.clientId, ...about, ...mail })
}
