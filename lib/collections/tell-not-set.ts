import 'server-only'
import { todayIn } from '@/lib/base/clock'
import type { Tx } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { billingContact } from '@/lib/billing/queries'
import { readWording } from '@/lib/mail/keep-wording'
import { linkPlace } from '@/lib/mail/link-place'
import { queueMessage } from '@/lib/mail/queue-message'
import { scheduledNotMade } from '@/lib/mail/templates/payment-scheduled'
import { money, sum, zero } from '@/lib/money/money'
import { scheduleRefusal } from '@/lib/payments/schedule-result'
import { readRefusedWish } from '@/lib/payments/wished-schedule'
import { getTenant } from '@/lib/tenancy/queries'
import { localeOf, wordsIn } from '@/messages/words'

/** Paid otherwise: nobody has to do anything. */
const otherwise = new Set(['on-its-way', 'scheduled'])

/**
 * Somebody set a payment for a date with an account that had to be confirmed first, and by then it could not be set any
 * more. They count on it: they hear why not, and how to pay.
 */
export async function tellNotSet(tx: Tx, setupId: string): Promise<void> {
  const wish = await readRefusedWish(tx, setupId)
  const [first] = wish?.invoices ?? []
  if (wish === undefined || first === undefined || otherwise.has(wish.because)) return
  const [tenant, contact] = [await getTenant(tx), await billingContact(tx, wish.clientId)]
  const to = wish.receiptEmail ?? contact?.email
  if (to === undefined) return
  const client = await tx.row<{ name: string }>(sql`
    select name from clients where tenant_id = ${tx.tenantId} and id = ${wish.clientId}`)
  const locale = localeOf(wish.locale, tenant.locale)
  const allocations = wish.invoices.map(({ number, amountMinor, currency }) => ({
    ...{ number, amount: money(amountMinor, currency) },
  }))
  const none = zero(first.currency)
  const mail = await scheduledNotMade({
    sender: tenant,
    locale,
    wording: await readWording(tx, 'payment_failed', locale),
    clientName: client?.name ?? '',
    today: todayIn(tenant.timeZone),
    ...(contact?.email === to ? { recipient: contact.name } : {}),
    amount: sum(
      allocations.map(({ amount }) => amount),
      first.currency,
    ),
    methodLabel: wish.methodLabel,
    runOn: wish.runOn,
    ...{ surcharge: none, credit: none, kept: none, allocations },
    ...{ isAutomatic: false, isBank: true, url: linkPlace },
    // What is asked of somebody before the page is no answer to somebody who chose a date days ago.
    reason:
      wish.because === 'date' ? wordsIn(locale)('mail.notMade.late') : scheduleRefusal(wish.because, locale).reason,
  })
  await queueMessage(tx, {
    ...{ key: `schedule-refused:${setupId}`, kind: 'payment_failed', to, locale },
    ...{ clientId: wish.clientId, invoiceId: first.invoiceId, ...mail },
  })
}
