import 'server-only'
import type { Actor } from '@/lib/access/actor'
import { withTenant } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { type Money, money } from '@/lib/money/money'
import type { AttemptState } from '@/lib/payments/attempt'

/** One thing that happened with a client. */
export type ClientEvent =
  /** Issued on a date; `at` is its noon, for the order alone. */
  | { kind: 'invoice'; id: string; number: string; isCredit: boolean; amount: Money; at: Date }
  | { kind: 'attempt'; id: string; state: AttemptState; amount: Money; numbers: string[]; at: Date }
  | { kind: 'mail'; id: string; subject: string; to: string; at: Date }

const shownMax = 14

/** The last things that happened with a client, newest first: one statement. */
export async function getClientTimeline(actor: Actor, clientId: string): Promise<ClientEvent[]> {
  const rows = await withTenant(actor.tenantId, (tx) =>
    tx.rows<Row>(sql`
      (select 'invoice' as kind, i.id, i.number as text, i.kind as more, i.total_minor as minor, i.currency, (i.issued_on + time '12:00') at time zone t.time_zone as at
        from invoices i join tenants t on t.id = i.tenant_id where i.tenant_id = ${tx.tenantId} and i.client_id = ${clientId} order by i.issued_on desc, i.id desc limit ${shownMax})
      union all
      (select 'attempt', a.id, a.state, (select string_agg(i.number, ', ' order by i.number) from allocations l join invoices i on i.tenant_id = l.tenant_id and i.id = l.invoice_id
          where l.tenant_id = ${tx.tenantId} and l.attempt_id = a.id), a.amount_minor, a.currency, a.state_at
        from attempts a where a.tenant_id = ${tx.tenantId} and a.client_id = ${clientId} order by a.created_at desc limit ${shownMax})
      union all
      (select 'mail', m.id, m.subject, m.to_email, null, null, coalesce(m.sent_at, m.created_at)
        from messages m where m.tenant_id = ${tx.tenantId} and m.client_id = ${clientId} order by m.created_at desc limit ${shownMax})
      order by at desc limit ${shownMax}`),
  )
  return rows.map(toEvent)
}

type Row = {
  kind: ClientEvent['kind']
  id: string
  text: string
  more: string | null
  minor: bigint | null
  currency: string | null
  at: Date
}

function toEvent({ kind, id, text, more, minor, currency, at }: Row): ClientEvent {
  const amount = money(minor ?? 0n, currency ?? 'USD')
  switch (kind) {
    case 'invoice':
      return { kind, id, number: text, isCredit: more === 'credit_memo', amount, at }
    case 'attempt':
      return { kind, id, state: text as AttemptState, amount, numbers: more?.split(', ') ?? [], at }
    case 'mail':
      return { kind, id, subject: text, to: more ?? '', at }
  }
}
