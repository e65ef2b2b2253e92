import 'server-only'
import type { PlainDate } from '@/lib/base/clock'
import type { Tx } from '@/lib/base/db'
import { type Sql, sql } from '@/lib/base/sql'
import { choiceCounts, isAuthorized } from '@/lib/payments/agreement-method'
import { type ConsentKind, noticeDaysOf } from '@/lib/payments/consent'
import { creditGone } from '@/lib/payments/scheduled'
import type { AutopayFacts } from './decide-autopay'
import { type Candidate, pickMethod } from './pick-method'

/** An open invoice under a standing consent, and all that decides what becomes of it. */
export type Covered = AutopayFacts & {
  clientId: string
  autopayId: string
  methodId: string
  methodLabel: string
  /** It was chosen for the invoice's agreement: another than automatic payment was turned on with. */
  isChosen: boolean
  noticeEmail: string | null
  locale: string
}

/**
 * The open invoices of clients with a standing consent in force, the first due first: of one client, or of one invoice.
 * @param today decides which of two methods is charged, where one was chosen for the invoice's agreement
 */
export async function readCovered(
  tx: Tx,
  of: { clientId?: string; invoiceId?: string; dueUntil?: PlainDate },
  today: PlainDate,
): Promise<Covered[]> {
  const rows = await tx.rows<Row>(sql`
    select i.id as invoice_id, i.number, i.client_id, i.balance_minor, i.currency, i.due_on,
      e.id as autopay_id, e.currency as agreed_currency, e.cap_minor, e.since_on, e.notice_email, e.locale,
      ${candidate(sql`m`, sql`d`)} as own, chosen.facts as chosen,
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
    left join lateral (
      select ${candidate(sql`k`, sql`w`)} as facts
      from agreement_methods x
      join agreements g on g.tenant_id = x.tenant_id and g.id = x.agreement_id and ${choiceCounts(today)}
      join methods k on k.tenant_id = x.tenant_id and k.id = x.method_id and k.account = m.account
      join mandates w on w.tenant_id = x.tenant_id and w.id = x.mandate_id
      where x.tenant_id = i.tenant_id and x.client_id = i.client_id and x.agreement_id = i.agreement_id and ${isAuthorized(sql`e.id`)}) chosen on true
    where e.tenant_id = ${tx.tenantId} and e.ended_at is null
      and i.kind = 'invoice' and i.state = 'open' and i.balance_minor > 0 and i.due_on >= e.since_on
      ${of.clientId === undefined ? sql`` : sql`and e.client_id = ${of.clientId}`}
      ${of.invoiceId === undefined ? sql`` : sql`and i.id = ${of.invoiceId}`}
      ${of.dueUntil === undefined ? sql`` : sql`and i.due_on <= ${of.dueUntil}`}
    order by i.due_on, i.id limit 500`)
  return rows.map(({ agreedCurrency, capMinor, sinceOn, own, chosen, ...row }) => {
    const picked = pickMethod(toCandidate(own), chosen === null ? undefined : toCandidate(chosen), row, today)
    const { id, label, type: _, noticeDays, ...method } = picked
    return {
      ...row,
      ...{ methodId: id, methodLabel: label, isChosen: id !== own.id, method },
      agreed: { sinceOn, currency: agreedCurrency, noticeDays, ...(capMinor === null ? {} : { capMinor }) },
    }
  })
}

/** What decides about a method and the consent to charge it, of the rows that have these names in the statement. */
function candidate(method: Sql, consent: Sql): Sql {
  return sql`jsonb_build_object('id', ${method}.id, 'label', ${method}.label, 'type', ${method}.type, 'isRemoved', ${method}.removed_at is not null,
    'expiresOn', ${method}.expires_on, 'blockedReason', ${method}.blocked_reason, 'consentKind', ${consent}.kind)`
}

function toCandidate({ expiresOn, blockedReason, consentKind, ...facts }: CandidateRow): Candidate {
  return {
    ...facts,
    noticeDays: noticeDaysOf(consentKind),
    ...(expiresOn && { expiresOn }),
    ...(blockedReason && { blockedReason }),
  }
}

type CandidateRow = Pick<Candidate, 'id' | 'label' | 'type' | 'isRemoved'> & {
  expiresOn: PlainDate | null
  blockedReason: string | null
  consentKind: ConsentKind
}
type Row = Omit<Covered, 'agreed' | 'method' | 'methodId' | 'methodLabel' | 'isChosen'> & {
  agreedCurrency: string
  capMinor: bigint | null
  sinceOn: PlainDate
  own: CandidateRow
  chosen: CandidateRow | null
}
