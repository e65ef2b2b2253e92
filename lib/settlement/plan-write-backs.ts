import 'server-only'
import { now } from '@/lib/base/clock'
import type { Tx } from '@/lib/base/db'
import { faultPoint } from '@/lib/base/fault-point'
import { sql } from '@/lib/base/sql'
import { announceMany } from '@/lib/events/announce-many'

/**
 * Says what each invoice of a payment should show of it in the PSA now: what the journal says the payment still pays
 * towards it, after refunds, returns and lost disputes; also what is beyond a total that was lowered since, and what of
 * it was kept as credit and has paid another invoice. Written again only where that changed.
 */
export async function planWriteBacks(tx: Tx, attemptId: string): Promise<void> {
  const changed = await tx.rows<{ id: string; changes: string; reason: string }>(sql`
    with parts as (
      select l.invoice_id, l.currency, e.id as change_id, e.cause_kind as reason,
        case when l.credit in ('receivable', 'unapplied') then l.amount_minor else -l.amount_minor end as minor,
        case when e.cause_kind = 'payment.succeeded' then e.booked_on end as paid_on
      from journal_lines l join journal_entries e on e.tenant_id = l.tenant_id and e.id = l.entry_id
      where l.tenant_id = ${tx.tenantId} and l.attempt_id = ${attemptId} and l.invoice_id is not null
        and (l.debit in ('receivable', 'unapplied')) <> (l.credit in ('receivable', 'unapplied'))
      union all
      select c.invoice_id, c.currency, c.revision_id, 'credit.applied', c.amount_minor - c.withdrawn_minor, c.applied_on
      from credit_applications c where c.tenant_id = ${tx.tenantId} and c.source_attempt_id = ${attemptId}),
    standing as (
      select invoice_id, currency, sum(minor)::bigint as minor, md5(string_agg(change_id::text, ' ' order by change_id)) as changes,
        (array_agg(reason order by change_id desc))[1] as reason, min(paid_on) as paid_on
      from parts group by invoice_id, currency),
    planned as (
      insert into write_backs (tenant_id, attempt_id, invoice_id, amount_minor, currency, paid_on, state, created_at)
      select ${tx.tenantId}, ${attemptId}, invoice_id, greatest(minor, 0), currency, paid_on, 'waiting', ${now()}
      from standing where paid_on is not null
      on conflict (tenant_id, attempt_id, invoice_id) do update
        set amount_minor = excluded.amount_minor, state = 'waiting', error = null, done_at = null
        where write_backs.amount_minor <> excluded.amount_minor
      returning id, invoice_id)
    select p.id, s.changes, s.reason from planned p join standing s on s.invoice_id = p.invoice_id`)
  await faultPoint('write_back.planned')
  await announceMany(
    tx,
    changed.map(({ id, changes, reason }) => ({
      news: { kind: 'write_back.due', writeBackId: id, reason },
      // All of them: by its clock, the newest may be older than one that was written by another machine.
      key: `${id}:${changes}`,
    })),
  )
}
