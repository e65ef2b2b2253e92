import 'server-only'
import { now, todayIn } from '@/lib/base/clock'
import type { Tx } from '@/lib/base/db'
import { env } from '@/lib/base/env'
import { sql } from '@/lib/base/sql'
import { billingContact } from '@/lib/billing/queries'
import { receiptNumber } from '@/lib/documents/receipt-number'
import { announce } from '@/lib/events/announce'
import { readWording } from '@/lib/mail/keep-wording'
import { linkPlace } from '@/lib/mail/link-place'
import { isUnwanted } from '@/lib/mail/notice'
import { queueMessage } from '@/lib/mail/queue-message'
import type { PaymentFacts } from '@/lib/mail/templates/facts'
import { paymentFailed, paymentReturned } from '@/lib/mail/templates/payment-failed'
import { paymentOnItsWay } from '@/lib/mail/templates/payment-on-its-way'
import { paymentReceived } from '@/lib/mail/templates/payment-received'
import { refundMade } from '@/lib/mail/templates/refund-made'
import { staffNotice } from '@/lib/mail/templates/staff-notice'
import { formatMoney } from '@/lib/money/format'
import { money, zero } from '@/lib/money/money'
import type { AttemptView } from '@/lib/payments/attempt'
import { explainDecline } from '@/lib/payments/decline'
import { readAttempt } from '@/lib/payments/queries'
import { getTenant } from '@/lib/tenancy/queries'
import { tenantAddress } from '@/lib/tenancy/tenant-address'
import { localeOf } from '@/messages/words'

/** The receipt, once per payment: only after the money has moved. */
export async function tellPaid(tx: Tx, attemptId: string): Promise<void> {
  const told = await payerOf(tx, attemptId, 'payment_received')
  if (told?.attempt.succeededAt === undefined) return
  const { attempt, facts } = told
  const mail = await paymentReceived({
    ...facts,
    receiptNumber: receiptNumber(attempt.id),
    paidAt: attempt.succeededAt ?? now(),
  })
  await queue(tx, told, 'payment_received', `receipt:${attemptId}`, mail)
}

/** A bank debit was asked for: on its way, not paid. */
export async function tellOnItsWay(tx: Tx, attemptId: string): Promise<void> {
  const told = await payerOf(tx, attemptId, 'payment_on_its_way')
  if (told === undefined || told.attempt.state !== 'processing') return
  const { clearsOn } = told.attempt
  // The confirmation of a pre-authorized debit's agreement, and of the one to those that follow: their words as they were
  // accepted, in the language they were in.
  const agreed = await tx.rows<{ text: string }>(sql`
    select text from mandates
    where tenant_id = ${tx.tenantId} and attempt_id = ${attemptId} and kind in ('pad_once', 'pad_saved') order by kind`)
  const mail = await paymentOnItsWay({
    ...told.facts,
    ...(clearsOn === undefined ? {} : { clearsOn }),
    agreements: agreed.map(({ text }) => text),
  })
  await queue(tx, told, 'payment_on_its_way', `on-its-way:${attemptId}`, mail)
}

/** A debit that was on its way did not come: the client learns why and gets a way to pay, finance learns that it must wait. */
export async function tellFailed(tx: Tx, attemptId: string): Promise<void> {
  await tellSetback(tx, attemptId, 'failed', `failed:${attemptId}`)
}

/** The bank took a payment back, and the invoice is open again. */
export async function tellReturned(tx: Tx, attemptId: string, disputeId: string): Promise<void> {
  await tellSetback(tx, attemptId, 'returned', `returned:${disputeId}`)
}

export async function tellRefunded(tx: Tx, attemptId: string, refundId: string): Promise<void> {
  const told = await payerOf(tx, attemptId, 'refund_made')
  const refund = await tx.row<{ amountMinor: bigint; surchargeMinor: bigint; currency: string }>(sql`
    select amount_minor, surcharge_minor, currency from refunds where tenant_id = ${tx.tenantId} and id = ${refundId}`)
  if (told === undefined || refund === undefined) return
  const amount = money(refund.amountMinor, refund.currency)
  const mail = await refundMade({
    ...told.facts,
    ...{ amount, surcharge: money(refund.surchargeMinor, refund.currency) },
    ...{ credit: zero(refund.currency), kept: zero(refund.currency) },
  })
  await queue(tx, told, 'refund_made', `refund:${refundId}`, mail)
}

/** Leaves on each invoice in the PSA why money did not come, in one line. */
export async function noteSetback(tx: Tx, attemptId: string): Promise<void> {
  const attempt = await readAttempt(tx, attemptId)
  if (attempt === undefined) return
  const { timeZone } = await getTenant(tx)
  const what = { returned: 'returned', disputed: 'disputed by the cardholder', failed: 'failed' }[
    attempt.state as string
  ]
  if (what === undefined) return
  const why = attempt.failureReason === undefined ? '' : ` ${attempt.failureReason}`
  for (const { invoiceId, amount } of attempt.allocations) {
    const text = `${todayIn(timeZone, attempt.stateAt)} Payment of ${formatMoney(amount, 'en-US')} by ${attempt.methodLabel ?? 'an online payment'} ${what}.${why}`
    await announce(tx, { kind: 'note.due', invoiceId, text }, `${attemptId}:${invoiceId}:${attempt.state}`)
  }
}

type PaymentMail = 'payment_received' | 'payment_on_its_way' | 'payment_failed' | 'payment_returned' | 'refund_made'

/** `switchedOff`: what whoever it goes to does without. */
type Told = { attempt: AttemptView; to: string; facts: PaymentFacts; clientId: string; switchedOff: string[] }

async function payerOf(tx: Tx, attemptId: string, kind: PaymentMail): Promise<Told | undefined> {
  const attempt = await readAttempt(tx, attemptId)
  if (attempt === undefined) return undefined
  const [tenant, contact] = [await getTenant(tx), await billingContact(tx, attempt.clientId)]
  const to = attempt.receiptEmail ?? contact?.email
  if (to === undefined) return undefined
  const locale = localeOf(contact?.locale, tenant.locale)
  const { amount, surcharge, credit, kept, methodLabel, allocations, clientId } = attempt
  return {
    attempt,
    to,
    clientId,
    switchedOff: contact?.email === to ? contact.switchedOff : [],
    facts: {
      sender: tenant,
      locale,
      today: todayIn(tenant.timeZone),
      wording: await readWording(tx, kind, locale),
      clientName: attempt.clientName,
      amount,
      surcharge,
      allocations,
      credit,
      kept,
      url: `${await tenantAddress(tx)}/receipts/${attempt.id}`,
      ...(contact === undefined || contact.email !== to ? {} : { recipient: contact.name }),
      ...(methodLabel === undefined ? {} : { methodLabel }),
    },
  }
}

async function tellSetback(tx: Tx, attemptId: string, what: 'failed' | 'returned', key: string): Promise<void> {
  const kind = what === 'failed' ? 'payment_failed' : 'payment_returned'
  const told = await payerOf(tx, attemptId, kind)
  if (told === undefined) return
  const { facts } = told
  const failure = await tx.row<{ failureCode: string | null }>(
    sql`select failure_code from attempts where tenant_id = ${tx.tenantId} and id = ${attemptId}`,
  )
  const code = failure?.failureCode ?? 'bank.returned'
  const template = what === 'failed' ? paymentFailed : paymentReturned
  await queue(
    tx,
    told,
    kind,
    key,
    await template({ ...facts, url: linkPlace, reason: explainDecline(code, facts.locale).reason }),
  )
  await tellStaff(tx, told, what, key, explainDecline(code, facts.sender.locale).reason)
}

async function tellStaff(
  tx: Tx,
  { attempt, facts }: Told,
  what: 'failed' | 'returned',
  key: string,
  reason: string,
): Promise<void> {
  const staff = await tx.rows<{ id: string; email: string }>(sql`
    select id, email from staff where tenant_id = ${tx.tenantId} and disabled_at is null and role in ('owner', 'finance') order by id`)
  const locale = localeOf(facts.sender.locale)
  const { subject, html, text } = await staffNotice({
    what,
    sender: facts.sender,
    locale,
    clientName: attempt.clientName,
    amount: attempt.amount,
    numbers: attempt.allocations.map(({ number }) => number),
    reason,
    url: `${env().PUBLIC_URL}/console/payments/${attempt.id}`,
  })
  for (const { id, email } of staff)
    await queueMessage(tx, {
      key: `staff:${id}:${key}`,
      kind: 'staff_notice',
      to: email,
      locale,
      attemptId: attempt.id,
      subject,
      html,
      text,
    })
}

async function queue(
  tx: Tx,
  { attempt, to, facts, clientId, switchedOff }: Told,
  kind: PaymentMail,
  key: string,
  mail: { subject: string; html: string; text: string },
): Promise<void> {
  if (isUnwanted(kind, switchedOff)) return
  const [first] = attempt.allocations
  const about = first === undefined ? {} : { invoiceId: first.invoiceId }
  await queueMessage(tx, { key, kind, to, locale: facts.locale, clientId, attemptId: attempt.id, ...about, ...mail })
}
