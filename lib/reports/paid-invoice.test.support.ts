import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import type { CauseKind, Movement } from '@/lib/ledger/entry'
import { record } from '@/lib/ledger/record'
import { sealJournal } from '@/lib/ledger/seal-journal'
import { money } from '@/lib/money/money'
import { createTenant } from '@/lib/tenancy/across-tenants'

const usd = (minor: bigint) => money(minor, 'USD')
const at = new Date('2026-11-20T15:00:00Z')

export type PaidInvoice = {
  tenantId: string
  staffId: string
  clientId: string
  invoiceId: string
  attemptId: string
  payoutId: string
}
/** For tests: one invoice of $4,913.14, paid by one card payment, settled in one payout, written back to the PSA. */
export async function makePaidInvoice(): Promise<PaidInvoice> {
  const [clientId, invoiceId, attemptId] = [newId(), newId(), newId()]
  const [payoutId, writeBackId, connectionId] = [newId(), newId(), newId()]
  const created = await createTenant({
    slug: 'larkfield',
    name: 'Larkfield IT',
    legalName: 'Larkfield IT LLC',
    timeZone: 'America/New_York',
    locale: 'en-US',
    currency: 'USD',
    brand: {},
    settings: {},
    owner: { email: 'renee@larkfield.example', name: 'Renee Okafor' },
  })
  const { tenantId, staffId } = created
  await withTenant(tenantId, async (tx) => {
    await tx.run(sql`
      insert into connections (tenant_id, id, kind, connector, state, secret, account, account_name, connected_at, checked_at)
      values (${tenantId}, ${connectionId}, 'psa', 'connectwise', 'connected', '', 'larkfield', 'Larkfield IT', ${at}, ${at})`)
    await tx.run(sql`
      insert into clients (tenant_id, id, name, currency, source_hash, source) values (${tenantId}, ${clientId}, 'Hadley & Moss', 'USD', 'h', '{}')`)
    await tx.run(sql`
      insert into invoices (tenant_id, id, client_id, kind, number, state, psa_type, psa_status, issued_on, due_on, currency, tax_minor, total_minor, psa_balance_minor, version, source_hash)
      values (${tenantId}, ${invoiceId}, ${clientId}, 'invoice', '20418', 'open', 'Agreement', 'Sent', '2026-11-02', '2026-12-02', 'USD', 0, 491314, 491314, 1, 'h')`)
    await tx.run(sql`
      insert into external_refs (tenant_id, connection_id, kind, external_id, local_id) values (${tenantId}, ${connectionId}, 'invoice', '9001', ${invoiceId})`)
    await book(tx, 'invoice.mirrored', invoiceId, [
      { debit: 'receivable', credit: 'billed', amount: usd(491_314n), clientId, invoiceId },
    ])
    await tx.run(sql`
      insert into attempts (tenant_id, id, client_id, account, state, amount_minor, currency, origin, created_at, state_at, payment_intent_id, charge_id, receipt_email)
      values (${tenantId}, ${attemptId}, ${clientId}, 'acct_1', 'created', 491314, 'USD', 'link', ${at}, ${at}, 'pi_1', 'ch_1', 'dana@hadley.example')`)
    await tx.run(sql`
      insert into allocations (tenant_id, attempt_id, invoice_id, amount_minor, invoice_version, in_flight) values (${tenantId}, ${attemptId}, ${invoiceId}, 491314, 1, true)`)
    await tx.run(
      sql`update attempts set state = 'sent', sent_at = ${at} where tenant_id = ${tenantId} and id = ${attemptId}`,
    )
    await tx.run(
      sql`update attempts set state = 'succeeded', succeeded_at = ${at}, state_at = ${at} where tenant_id = ${tenantId} and id = ${attemptId}`,
    )
    await book(tx, 'payment.succeeded', attemptId, [
      { debit: 'clearing', credit: 'receivable', amount: usd(491_314n), clientId, invoiceId, attemptId },
    ])
    await tx.run(sql`
      insert into payouts (tenant_id, id, account, payout_id, state, amount_minor, currency, arrives_on, complete_at, created_at)
      values (${tenantId}, ${payoutId}, 'acct_1', 'po_1', 'paid', 477036, 'USD', '2026-11-23', ${at}, ${at})`)
    await tx.run(sql`
      insert into balance_transactions (tenant_id, account, balance_transaction_id, payout_id, attempt_id, type, category, amount_minor, fee_minor, net_minor, currency, created_at, available_on)
      values (${tenantId}, 'acct_1', 'txn_1', ${payoutId}, ${attemptId}, 'charge', 'charge', 491314, 14278, 477036, 'USD', ${at}, '2026-11-23')`)
    await book(tx, 'fee.charged', 'txn_1', [
      { debit: 'processor_fees', credit: 'clearing', amount: usd(14_278n), attemptId },
    ])
    await book(tx, 'payout.paid', payoutId, [{ debit: 'bank', credit: 'clearing', amount: usd(477_036n), payoutId }])
    await tx.run(sql`
      insert into write_backs (tenant_id, id, attempt_id, invoice_id, amount_minor, currency, paid_on, state, external_id, written_minor, created_at, done_at)
      values (${tenantId}, ${writeBackId}, ${attemptId}, ${invoiceId}, 491314, 'USD', '2026-11-20', 'in_step', 'pay-77', 491314, ${at}, ${at})`)
    await tx.run(sql`
      insert into messages (tenant_id, key, kind, to_email, locale, attempt_id, subject, text, html, state, created_at)
      values (${tenantId}, ${`receipt:${attemptId}`}, 'payment_received', 'dana@hadley.example', 'en-US', ${attemptId}, 'Receipt', '', '', 'sent', ${at})`)
    await sealJournal(tx)
  })
  return { tenantId, staffId, clientId, invoiceId, attemptId, payoutId }
}

async function book(
  tx: Parameters<typeof record>[0],
  kind: CauseKind,
  id: string,
  movements: Movement[],
): Promise<void> {
  await record(tx, [{ cause: { kind, id }, happenedAt: at, bookedOn: '2026-11-20', movements }])
}
