import 'server-only'
import type { PlainDate } from '@/lib/base/clock'
import type { Tx } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { choiceCounts } from './agreement-method'

/** What still needs a saved method, so that it cannot go yet. */
export type MethodNeed = { kind: 'payment' | 'scheduled' | 'autopay' | 'agreement'; id: string; numbers: string[] }

/** A payment that Stripe has not answered for yet may still have to be asked for again with it. */
export async function needsOf(tx: Tx, methodId: string, today: PlainDate): Promise<MethodNeed[]> {
  return tx.rows<MethodNeed>(sql`
    select 'payment' as kind, a.id,
      array(select i.number from allocations l join invoices i on i.tenant_id = l.tenant_id and i.id = l.invoice_id
        where l.tenant_id = a.tenant_id and l.attempt_id = a.id order by i.number) as numbers
    from attempts a
    where a.tenant_id = ${tx.tenantId} and a.method_id = ${methodId} and a.state in ('created', 'sent', 'unknown', 'requires_action')
    union all
    select 'scheduled', s.id,
      array(select i.number from scheduled_parts p join invoices i on i.tenant_id = p.tenant_id and i.id = p.invoice_id
        where p.tenant_id = s.tenant_id and p.schedule_id = s.id and p.is_open order by i.number)
    from scheduled_payments s
    where s.tenant_id = ${tx.tenantId} and s.method_id = ${methodId} and s.state = 'scheduled'
    union all
    select 'autopay', e.id, array[]::text[] from autopays e
    where e.tenant_id = ${tx.tenantId} and e.method_id = ${methodId} and e.ended_at is null
    union all
    select 'agreement', g.id, array[]::text[] from agreement_methods x
    join agreements g on g.tenant_id = x.tenant_id and g.id = x.agreement_id and ${choiceCounts(today)}
    where x.tenant_id = ${tx.tenantId} and x.method_id = ${methodId}`)
}
