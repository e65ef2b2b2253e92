import 'server-only'
import { now } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { log } from '@/lib/base/log'
import { type Sql, sql } from '@/lib/base/sql'
import { erasedAddress } from '@/lib/mail/message'
import { getTenant } from '@/lib/tenancy/queries'
import type { Retention } from '@/lib/tenancy/retention'

const batch = 10_000

/** Takes away what this MSP has kept for as long as it wants to. Run twice in a night, the second finds nothing. */
export async function forgetExpired(tenantId: string): Promise<void> {
  const { settings } = await withTenant(tenantId, getTenant)
  const forgotten: Record<string, number> = {}
  for (const [what, statement] of Object.entries(expiring(settings.retention)))
    forgotten[what] = await inBatches(tenantId, statement)
  if (Object.values(forgotten).some((count) => count > 0)) log.info({ tenantId, forgotten }, 'privacy.forgotten')
}

/** Each in its own transactions, so that no table is locked for long on the night after a period was shortened. */
async function inBatches(tenantId: string, statement: (tx: Tx) => Sql): Promise<number> {
  for (let total = 0; ; ) {
    const count = await withTenant(tenantId, (tx) => tx.run(statement(tx)))
    total += count
    if (count < batch) return total
  }
}

/** When the authorization `d` ended: one for a single debit with that payment `a`, any other when it was withdrawn. */
const endOfMandate = sql`case when d.kind in ('bank_once', 'pad_once') then coalesce(a.state_at, d.accepted_at) else d.revoked_at end`

/** What goes, by kind. Journal, books and audit trail are not among it: they say what happened, and refuse any change. */
function expiring({ signInMonths, challengeDays, mailMonths, mandateYears }: Retention) {
  const before = (period: Sql) => sql`${now()}::timestamptz - ${period}`
  const signIns = before(sql`make_interval(months => ${signInMonths}::int)`)
  const challenges = before(sql`make_interval(days => ${challengeDays}::int)`)
  const mails = before(sql`make_interval(months => ${mailMonths}::int)`)
  const mandates = before(sql`make_interval(years => ${mandateYears}::int)`)
  return {
    challenges: (tx: Tx) => sql`
      delete from passkey_challenges where tenant_id = ${tx.tenantId} and challenge_hash in (
        select challenge_hash from passkey_challenges where tenant_id = ${tx.tenantId} and expires_at < ${challenges} limit ${batch})`,
    signIns: (tx: Tx) => sql`
      delete from sign_ins where tenant_id = ${tx.tenantId} and id in (
        select id from sign_ins where tenant_id = ${tx.tenantId} and created_at < ${signIns} limit ${batch})`,
    // The session itself stays: the audit trail says that something was done in it.
    sessions: (tx: Tx) => sql`
      update sessions set address = '', user_agent = '', proven_email = null where tenant_id = ${tx.tenantId} and id in (
        select id from sessions
        where tenant_id = ${tx.tenantId} and least(expires_at, revoked_at) < ${signIns} and (address <> '' or user_agent <> '' or proven_email is not null) limit ${batch})`,
    mails: (tx: Tx) => sql`
      update messages set html = '', text = '' where tenant_id = ${tx.tenantId} and id in (
        select id from messages
        where tenant_id = ${tx.tenantId} and created_at < ${mails} and state in ('sent', 'failed') and (html <> '' or text <> '') limit ${batch})`,
    // The news that somebody was erased is no reason to keep their address for longer, delivered or not.
    farewells: (tx: Tx) => sql`
      update messages set to_email = ${erasedAddress}, html = '', text = '', state = case when state = 'sent' then state else 'failed' end
      where tenant_id = ${tx.tenantId} and id in (
        select id from messages
        where tenant_id = ${tx.tenantId} and kind = 'erasure_done' and to_email <> ${erasedAddress}
          and created_at < ${now()}::timestamptz - interval '7 days' limit ${batch})`,
    mandates: (tx: Tx) => sql`
      update mandates set accepted_ip = '', user_agent = '' where tenant_id = ${tx.tenantId} and id in (
        select d.id from mandates d left join attempts a on a.tenant_id = d.tenant_id and a.id = d.attempt_id
        where d.tenant_id = ${tx.tenantId} and (d.accepted_ip <> '' or d.user_agent <> '')
          and ${endOfMandate} < ${mandates}
        limit ${batch})`,
    // The name of somebody who was erased stays on what they authorized no longer than that can be traced to them.
    proofNames: (tx: Tx) => sql`
      update erasures e set proof_name = null where e.tenant_id = ${tx.tenantId} and e.proof_name is not null
        and not exists (
          select 1 from mandates d left join attempts a on a.tenant_id = d.tenant_id and a.id = d.attempt_id
          where d.tenant_id = ${tx.tenantId} and d.given_by = 'contact' and d.given_by_id = e.contact_id::text
            and coalesce(${endOfMandate}, 'infinity') >= ${mandates})`,
    setups: (tx: Tx) => sql`
      update setups set accepted_ip = '', user_agent = '' where tenant_id = ${tx.tenantId} and id in (
        select id from setups
        where tenant_id = ${tx.tenantId} and state in ('saved', 'failed') and state_at < ${mandates} and (accepted_ip <> '' or user_agent <> '') limit ${batch})`,
  }
}
