import 'server-only'
import { forgetThrottles } from '@/lib/access/forget-throttles'
import { tieOut } from '@/lib/accounting/tie-out'
import { forgetAnswers } from '@/lib/api/say-once'
import { withTenant } from '@/lib/base/db'
import { faultPoint } from '@/lib/base/fault-point'
import { log } from '@/lib/base/log'
import { mailStatements } from '@/lib/collections/mail-statements'
import { loadConnection } from '@/lib/connectors/connection'
import { raise, settle } from '@/lib/events/exception'
import { sealJournal } from '@/lib/ledger/seal-journal'
import { sendUnaddressed } from '@/lib/mail/send-new-invoice'
import { expireApprovals } from '@/lib/payments/expire-approvals'
import { reconcilePayments } from '@/lib/payments/reconcile-payments'
import { forgetExpired } from '@/lib/privacy/forget-expired'
import { syncPsa } from '@/lib/psa/sync-psa'
import { checkInvariants } from '@/lib/reports/invariants'
import { settlePayouts } from '@/lib/settlement/settle-payouts'
import { watchHost } from './watch-host'
import { watchSender } from './watch-sender'

/**
 * The watchman's round, once per tenant and date: read the PSA whole, and Stripe as if no webhook had come, compare
 * everything, re-add the books, seal them, and let go of what was kept long enough.
 */
export async function nightly(tenantId: string, on: string): Promise<void> {
  const { psa, payments } = await withTenant(tenantId, async (tx) => ({
    psa: await loadConnection(tx, 'psa'),
    payments: await loadConnection(tx, 'payments'),
  }))
  if (psa?.state === 'connected') await syncPsa(tenantId, psa.id, { full: true })
  await sendUnaddressed(tenantId)
  if (payments?.state === 'connected') {
    await reconcilePayments(tenantId)
    await settlePayouts(tenantId)
  }
  // After what is outside was read: what was paid or billed on the last of a month is in its statement.
  await mailStatements(tenantId)
  await watchHost(tenantId)
  await watchSender(tenantId)
  await expireApprovals(tenantId)
  await tieOut(tenantId)
  await faultPoint('nightly.read')
  const violations = await checkInvariants(tenantId)
  await withTenant(tenantId, async (tx) => {
    if (violations.length === 0) return settle(tx, 'invariant-broken', tenantId)
    log.error({ tenantId, on, violations }, 'invariants.broken')
    await raise(tx, {
      cause: 'invariant-broken',
      subject: { kind: 'event', id: tenantId },
      detail: `The nightly check found ${violations.length} contradictions in the books. The first: ${violations[0]?.says ?? ''}`,
      nextStep: 'Do not correct anything by hand. Keep a copy of the database and look at the log of this night.',
    })
  })
  await withTenant(tenantId, sealJournal)
  await withTenant(tenantId, forgetAnswers)
  await forgetExpired(tenantId)
  await forgetThrottles()
}
