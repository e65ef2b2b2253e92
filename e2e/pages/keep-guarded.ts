import type { Guarded } from './guarded.ts'
import { product } from './product.ts'

export type SavedId = 'methodId' | 'mandateId' | 'setupId'
type Product = Awaited<ReturnType<typeof product>>
type Tx = Parameters<Parameters<Product['withTenant']>[1]>[0]

/** A saved card with its mandate, and an account that waits for its deposits: rows alone, nothing at Stripe. */
export async function keepSaved(tx: Tx, clientId: string): Promise<Pick<Guarded, SavedId>> {
  const { sql, newId } = await product()
  const [methodId, mandateId, setupId] = [newId(), newId(), newId()]
  await tx.run(sql`
    insert into methods (tenant_id, id, client_id, account, customer_id, payment_method_id, type, label, last4, expires_on, created_at)
    values (${tx.tenantId}, ${methodId}, ${clientId}, 'acct_guarded', 'cus_guarded', ${`pm_${methodId}`}, 'card', 'Guarded card, 4242', '4242', '2034-12-31', now())`)
  await tx.run(sql`
    insert into mandates (tenant_id, id, client_id, method_id, kind, text, text_version, language, accepted_at, accepted_ip, user_agent, given_by)
    values (${tx.tenantId}, ${mandateId}, ${clientId}, ${methodId}, 'card_saved', 'Guarded words', 'v', 'en-US', now(), '', '', 'contact')`)
  await tx.run(sql`
    insert into setups (tenant_id, id, client_id, account, customer_id, setup_intent_id, state, label, kind, account_kind, text, text_version, language, accepted_at, accepted_ip, user_agent, given_by, state_at)
    values (${tx.tenantId}, ${setupId}, ${clientId}, 'acct_guarded', 'cus_guarded', ${`seti_${setupId}`}, 'requires_action', 'Guarded account', 'bank_saved_business', 'business', 'w', 'v', 'en-US', now(), '', '', 'contact', now())`)
  return { methodId, mandateId, setupId }
}

/** A paper for this client alone. */
export async function keepPaper(tx: Tx, clientId: string, staffId: string): Promise<string> {
  const { sql, newId } = await product()
  const id = newId()
  await tx.run(sql`
    insert into papers (tenant_id, id, client_id, title, pdf, sha256, added_by, created_at)
    values (${tx.tenantId}, ${id}, ${clientId}, 'Guarded paper', '%PDF-1.4', encode(sha256('%PDF-1.4'), 'hex'), ${staffId}, now())`)
  return id
}

/** A refund that somebody has asked for: a row alone. */
export async function keepApproval(tx: Tx, attemptId: string, staffId: string): Promise<string> {
  const { sql, newId } = await product()
  const id = newId()
  await tx.run(sql`
    insert into approvals (tenant_id, id, kind, attempt_id, amount_minor, currency, reason, state, asked_by, asked_at, expires_at)
    values (${tx.tenantId}, ${id}, 'refund', ${attemptId}, 100, 'USD', 'Guarded refund', 'waiting', ${staffId}, now(), now() + interval '400 days')`)
  return id
}

/** Two people at their browsers, whom nobody else may sign out. */
export async function keepSessions(
  tx: Tx,
  staffId: string,
  clientId: string,
): Promise<Pick<Guarded, 'sessionId' | 'clientSessionId'>> {
  const { sql, openSession } = await product()
  const contact = await tx.row<{ id: string }>(sql`
    select id from contacts where tenant_id = ${tx.tenantId} and client_id = ${clientId} and gone_at is null limit 1`)
  await openSession(tx, 'staff', staffId)
  await openSession(tx, 'contact', contact?.id ?? '')
  const newest = async (personId: string) =>
    (
      await tx.row<{ id: string }>(sql`
      select id from sessions where tenant_id = ${tx.tenantId} and person_id = ${personId} order by id desc limit 1`)
    )?.id ?? ''
  return { sessionId: await newest(staffId), clientSessionId: await newest(contact?.id ?? '') }
}
