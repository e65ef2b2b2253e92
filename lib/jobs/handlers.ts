import 'server-only'
import { pushPosting } from '@/lib/accounting/push-posting'
import { type Tx, withTenant } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { tellAnswer } from '@/lib/collections/tell-answer'
import { tellAgreementAuthorized, tellAutopayStarted } from '@/lib/collections/tell-autopay'
import { tellNotSet } from '@/lib/collections/tell-not-set'
import { tellPadSaved } from '@/lib/collections/tell-pad-saved'
import {
  noteSetback,
  tellFailed,
  tellOnItsWay,
  tellPaid,
  tellRefunded,
  tellReturned,
} from '@/lib/collections/tell-payment'
import { tellScheduled, tellScheduledEnded } from '@/lib/collections/tell-scheduled'
import { announce } from '@/lib/events/announce'
import type { NewsKind, NewsOf } from '@/lib/events/news'
import { deliverMessage } from '@/lib/mail/deliver-message'
import { sendContactInvitation } from '@/lib/mail/send-contact-invitation'
import { sendInvitation } from '@/lib/mail/send-invitation'
import { sendNewInvoice } from '@/lib/mail/send-new-invoice'
import { sendRoleChanged } from '@/lib/mail/send-role-changed'
import { sendSignInMail } from '@/lib/mail/send-sign-in-mail'
import { detachMethod } from '@/lib/payments/detach-method'
import { openGateway } from '@/lib/payments/open-gateway'
import { takeIntentNews } from '@/lib/payments/take-intent-news'
import { takeStripeEvent } from '@/lib/payments/take-stripe-event'
import { pushNote } from '@/lib/psa/push-note'
import { pushWriteBack } from '@/lib/psa/push-write-back'
import { dropContact } from '@/lib/psa/sweep-contacts'
import { syncInvoice } from '@/lib/psa/sync-one'
import { planPostings } from '@/lib/settlement/plan-postings'
import { planWriteBacks } from '@/lib/settlement/plan-write-backs'
import { reflectApplied, reflectWithdrawn } from '@/lib/settlement/reflect-credit'
import { tellInvoice, tellInvoicePaid, tellInvoicesPaid, tellPayment } from '@/lib/webhooks/tell-endpoints'
import { enqueueAutopay, enqueueNightly, enqueueSettle, enqueueSync } from './schedule'
import { shouldSend } from './send-rule'

type Handlers = { [Kind in NewsKind]: (tenantId: string, news: NewsOf<Kind>) => Promise<unknown> }

/** Who does what when something happens. Each may run more than once, and the result is the same. */
export const handlers: Handlers = {
  'stripe.event': async (tenantId, event) => {
    const touched = await takeStripeEvent(tenantId, event)
    if (touched === 'payout') await withTenant(tenantId, enqueueSettle)
  },
  // One invoice is read at once; for anything else what changed is read, once for a burst of hints.
  'psa.hint': async (tenantId, { entity, connectionId, externalId, action }) => {
    if (entity === 'invoice') await syncInvoice(tenantId, connectionId, externalId)
    else if (entity === 'contact' && action === 'deleted') await dropContact(tenantId, connectionId, externalId)
    else await withTenant(tenantId, (tx) => enqueueSync(tx, connectionId))
  },
  'accounting.hint': (tenantId) => withTenant(tenantId, enqueueSettle),
  'clock.sync': (tenantId, { connectionId, full }) =>
    withTenant(tenantId, (tx) => enqueueSync(tx, connectionId, { full })),
  'clock.nightly': (tenantId, { on }) => withTenant(tenantId, (tx) => enqueueNightly(tx, on)),

  'invoice.appeared': (tenantId, { invoiceId }) =>
    withTenant(tenantId, async (tx) => {
      if (await shouldSend(tx, invoiceId))
        await announce(tx, { kind: 'invoice.to_send', invoiceId }, `first:${invoiceId}`)
      await tellInvoice(tx, 'invoice.created', invoiceId, invoiceId)
      await enqueueAutopay(tx)
    }),
  // The page and the console show the new version; nobody is mailed about a change they may not have noticed.
  'invoice.changed': (tenantId, { invoiceId, version }) =>
    withTenant(tenantId, (tx) => tellInvoice(tx, 'invoice.updated', invoiceId, `${invoiceId}:${version}`)),
  'invoice.voided': (tenantId, { invoiceId, version }) =>
    withTenant(tenantId, (tx) => tellInvoice(tx, 'invoice.voided', invoiceId, `${invoiceId}:${version}`)),
  'invoice.settled': (tenantId, { invoiceId }) => withTenant(tenantId, (tx) => tellInvoicePaid(tx, invoiceId)),
  'invoice.to_send': (tenantId, { invoiceId, to }) => sendNewInvoice(tenantId, invoiceId, to),
  'question.answered': (tenantId, { holdId, messageId }) =>
    withTenant(tenantId, (tx) => tellAnswer(tx, holdId, messageId)),

  'credit.applied': (tenantId, { orderId }) => withTenant(tenantId, (tx) => reflectApplied(tx, orderId)),
  'credit.withdrawn': (tenantId, { withdrawalId }) => withTenant(tenantId, (tx) => reflectWithdrawn(tx, withdrawalId)),

  'schedule.set': (tenantId, { scheduleId, runOn }) =>
    withTenant(tenantId, (tx) => tellScheduled(tx, scheduleId, runOn, `${scheduleId}:${runOn}`)),
  'schedule.ended': (tenantId, { scheduleId }) => withTenant(tenantId, (tx) => tellScheduledEnded(tx, scheduleId)),
  'schedule.refused': (tenantId, { setupId }) => withTenant(tenantId, (tx) => tellNotSet(tx, setupId)),
  'autopay.started': (tenantId, { autopayId }) =>
    withTenant(tenantId, async (tx) => {
      await tellAutopayStarted(tx, autopayId)
      await enqueueAutopay(tx)
    }),
  'pad.saved': (tenantId, { setupId }) => withTenant(tenantId, (tx) => tellPadSaved(tx, setupId)),
  'agreement.authorized': (tenantId, { agreementId, mandateId }) =>
    withTenant(tenantId, async (tx) => {
      await tellAgreementAuthorized(tx, agreementId, mandateId)
      await enqueueAutopay(tx)
    }),
  'method.to_detach': (tenantId, { account, paymentMethodId }) => detachMethod(tenantId, account, paymentMethodId),
  'attempt.to_cancel': async (tenantId, { attemptId }) => cancelIntentOf(tenantId, attemptId),
  'payment.processing': (tenantId, { attemptId }) =>
    withTenant(tenantId, async (tx) => {
      await tellOnItsWay(tx, attemptId)
      await tellPayment(tx, 'payment.processing', attemptId, attemptId)
    }),
  'payment.succeeded': (tenantId, { attemptId }) =>
    withTenant(tenantId, async (tx) => {
      await planWriteBacks(tx, attemptId)
      await planPostings(tx, { kind: 'payment.succeeded', id: attemptId })
      await tellPaid(tx, attemptId)
      await tellPayment(tx, 'payment.succeeded', attemptId, attemptId)
      await tellInvoicesPaid(tx, attemptId)
      await enqueueSettle(tx)
    }),
  'payment.failed': (tenantId, { attemptId, wasProcessing }) =>
    withTenant(tenantId, async (tx) => {
      await noteSetback(tx, attemptId)
      // Who stood at the checkout was told there and then.
      if (wasProcessing || (await ranByItself(tx, attemptId))) await tellFailed(tx, attemptId)
      await tellPayment(tx, 'payment.failed', attemptId, attemptId)
    }),
  'payment.returned': (tenantId, { attemptId, disputeId }) =>
    withTenant(tenantId, async (tx) => {
      await planWriteBacks(tx, attemptId)
      await planPostings(tx, { kind: 'payment.returned', id: disputeId })
      await planPostings(tx, { kind: 'dispute.lost', id: disputeId })
      await noteSetback(tx, attemptId)
      await tellReturned(tx, attemptId, disputeId)
      await tellPayment(tx, 'payment.returned', attemptId, disputeId)
      await enqueueSettle(tx)
    }),
  'payment.disputed': (tenantId, { attemptId, disputeId }) =>
    withTenant(tenantId, async (tx) => {
      await planPostings(tx, { kind: 'dispute.opened', id: disputeId })
      await noteSetback(tx, attemptId)
      await tellPayment(tx, 'payment.disputed', attemptId, disputeId)
      await enqueueSettle(tx)
    }),
  'payment.dispute_closed': (tenantId, { disputeId }) =>
    withTenant(tenantId, async (tx) => {
      await planPostings(tx, { kind: 'dispute.won', id: disputeId })
      await enqueueSettle(tx)
    }),
  'refund.succeeded': (tenantId, { attemptId, refundId }) =>
    withTenant(tenantId, async (tx) => {
      await planWriteBacks(tx, attemptId)
      await planPostings(tx, { kind: 'refund.succeeded', id: refundId })
      await tellRefunded(tx, attemptId, refundId)
      await tellPayment(tx, 'payment.refunded', attemptId, refundId)
      await enqueueSettle(tx)
    }),
  'refund.failed': (tenantId, { attemptId, refundId }) =>
    withTenant(tenantId, async (tx) => {
      await planWriteBacks(tx, attemptId)
      // One that had come back before we heard of it has both its movements in Stripe's book.
      await planPostings(tx, { kind: 'refund.succeeded', id: refundId })
      await planPostings(tx, { kind: 'refund.reversed', id: refundId })
      await enqueueSettle(tx)
    }),

  'write_back.due': (tenantId, { writeBackId }) => pushWriteBack(tenantId, writeBackId),
  'note.due': (tenantId, { invoiceId, text }) => pushNote(tenantId, invoiceId, text),
  'posting.due': (tenantId, { postingId }) => pushPosting(tenantId, postingId),
  'payout.complete': (tenantId, { payoutId }) =>
    withTenant(tenantId, async (tx) => {
      await planPostings(tx, { kind: 'payout.paid', id: payoutId })
    }),

  'sign_in.asked': (tenantId, { signInId, sealedToken }) => sendSignInMail(tenantId, signInId, sealedToken),
  'staff.invited': sendInvitation,
  'contact.invited': sendContactInvitation,
  'contact.role_changed': sendRoleChanged,
  'mail.due': (tenantId, { messageId }) => deliverMessage(tenantId, messageId),
}

async function ranByItself(tx: Tx, attemptId: string): Promise<boolean> {
  const row = await tx.row(sql`
    select 1 from attempts where tenant_id = ${tx.tenantId} and id = ${attemptId} and origin in ('schedule', 'autopay')`)
  return row !== undefined
}

/** An attempt that failed leaves an intent the browser could still confirm: it is closed for good. */
async function cancelIntentOf(tenantId: string, attemptId: string): Promise<void> {
  const { gateway, intentId } = await withTenant(tenantId, async (tx) => {
    const row = await tx.row<{ paymentIntentId: string | null }>(sql`
      select payment_intent_id from attempts where tenant_id = ${tx.tenantId} and id = ${attemptId} and state in ('failed', 'canceled')`)
    return { gateway: await openGateway(tx), intentId: row?.paymentIntentId ?? undefined }
  })
  if (intentId === undefined) return
  const news = await gateway.cancelIntent(intentId)
  await withTenant(tenantId, (tx) => takeIntentNews(tx, gateway.account, news))
}
