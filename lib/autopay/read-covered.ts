import 'server-only'
import type { PlainDate } from '@/lib/base/clock'
import type { Tx } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { type ConsentKind, noticeDaysOf } from '@/lib/payments/consent'
import { creditGone } from '@/lib/payments/scheduled'
import type { AutopayFacts } from './decide-autopay'

/** An open invoice under a standing consent, and all that decides what becomes of it. */
export type Covered = AutopayFacts & {
  clientId: string
  autopayId: string
  methodId: string
  methodLabel: string
  noticeEmail: string | null
  locale: string
}

/** The open invoices of clients with a standing consent in force, the first due first: of one client, or of one invoice. */
export async function readCovered(
  tx: Tx,
  of: { clientId?: string; invoiceId?: string; dueUntil?: PlainDate },
): Promise<Covered[]> {
  const rows = await tx.rows<Row>(sql`
    select i.id as invoice_id, i.number, i.client_id, i.balance_minor, i.currency, i.due_on,
      e.id as autopay_id, e.currency as agreed_currency, e.cap_minor, e.since_on, e.notice_email, e.locale,
      m.id as method_id, m.label as method_label, m.removed_at is not null as is_removed, m.expires_on, m.blocked_reason, d.kind as consent_kind,
      (select coalesce(sum(h.amount_minor), 0) from invoice_holds h
        where h.tenant_id = i.tenant_id and h.invoice_id = i.id and h.closed_at is null)::bigint as held_minor,
      exists (select 1 from allocations l where l.tenant_id = i.tenant_id and l.invoice_id = i.id and l.in_flight) as is_on_its_way,
      exists (select 1 from scheduled_parts p where p.tenant_id = i.tenant_id and p.invoice_id = i.id and p.is_open) as is_scheduled,
      exists (select 1 from scheduled_parts p join scheduled_payments s on s.tenant_id = p.tenant_id and s.id = p.schedule_id
        where p.tenant_id = i.tenant_id and p.invoice_id = i.id and s.autopay_id = e.id and s.ended_reason is distinct from ${creditGone}) as was_set
    from autopays e
    join mandates d on d.tenant_id = e.tenant_id and d.id = e.mandate_id
    join methods m on m.tenant_id = e.tenant_id and m.id = e.method_id
    join invoices i on i.tenant_id = e.tenant_id and i.client_id = e.client_id
    where e.tenant_id = ${tx.tenantId} and e.ended_at is null
      and i.kind = 'invoice' and i.state = 'open' and i.balance_minor > 0 and i.due_on >= e.since_on
      ${of.clientId === undefined ? sql`` : sql`and e.client_id = ${of.clientId}`}
      ${of.invoiceId === undefined ? sql`` : sql`and i.id = ${of.invoiceId}`}
      ${of.dueUntil === undefined ? sql`` : sql`and i.due_on <= ${of.dueUntil}`}
    order by i.due_on, i.id limit 500`)
  return rows.map(
    ({ agreedCurrency, capMinor, sinceOn, isRemoved, expiresOn, blockedReason, consentKind, ...row }) => ({
      ...row,
      agreed: {
        sinceOn,
        currency: agreedCurrency,
        noticeDays: noticeDaysOf(consentKind),
        ...(capMinor === null ? {} : { capMinor }),
      },
      method: {
        isRemoved,
        ...(expiresOn && { expiresOn }),
        ...(blockedReason && { blockedReason }),
      },
    }),
  )
}

type Row = Omit<Covered, 'agreed' | 'method'> & {
  agreedCurrency: string
  capMinor: bigint | null
  sinceOn: PlainDate
  isRemoved: boolean
  expiresOn: PlainDate | null
  blockedReason: string | null
  consentKind: ConsentKind
}
