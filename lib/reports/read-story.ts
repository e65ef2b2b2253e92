import 'server-only'
import type { Actor } from '@/lib/access/actor'
import type { PlainDate } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { Fault } from '@/lib/base/fault'
import { isId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { systemName } from '@/lib/connectors/system-name'
import type { CauseKind } from '@/lib/ledger/entry'
import { money } from '@/lib/money/money'
import type { AttemptState } from '@/lib/payments/attempt'
import { tellStory } from './invoice-story'
import type { StoryFacts } from './story-facts'
import type { StoryLine } from './story-line'
import type { Version } from './version-change'

export type InvoiceStory = { lines: StoryLine[]; versions: Version[] }

/** What happened to one invoice, end to end, with every version the PSA ever told. @throws Fault not-found */
export async function readStory(actor: Actor, invoiceId: string): Promise<InvoiceStory> {
  if (!isId(invoiceId)) throw new Fault('not-found', 'No such invoice')
  const facts = await withTenant(actor.tenantId, (tx) => readFacts(tx, invoiceId))
  return { lines: tellStory(facts), versions: facts.versions }
}

/** Everything on record about one invoice. @throws Fault not-found */
async function readFacts(tx: Tx, invoiceId: string): Promise<StoryFacts> {
  const invoice = await tx.row<{
    number: string
    currency: string
    psaType: string
    dueOn: PlainDate
    isCredit: boolean
    psa: string | null
    books: string | null
  }>(sql`
    select i.number, i.currency, i.psa_type, i.due_on, i.kind = 'credit_memo' as is_credit,
      (select c.connector from connections c where c.tenant_id = ${tx.tenantId} and c.kind = 'psa' order by c.state = 'disconnected', c.connected_at desc limit 1) as psa,
      (select c.connector from connections c where c.tenant_id = ${tx.tenantId} and c.kind = 'accounting' order by c.state = 'disconnected', c.connected_at desc limit 1) as books
    from invoices i where i.tenant_id = ${tx.tenantId} and i.id = ${invoiceId}`)
  if (invoice === undefined) throw new Fault('not-found', 'No such invoice')
  const { psa, books, ...about } = invoice
  const of = { tx, invoiceId, currency: about.currency }
  const attempts = await readAttempts(of)
  const attemptIds = attempts.map(({ id }) => id)
  return {
    locale: 'en-US',
    invoice: about,
    names: { psa: nameOf(psa, 'The PSA'), books: nameOf(books, 'The books') },
    attempts,
    versions: await readVersions(of),
    entries: await readEntries(of),
    recorded: await readRecorded(of),
    ...(await readMails(of)),
    ...(await readTakenBack(of, attemptIds)),
    ...(await readSystems(of, attemptIds)),
    exceptions: await readExceptions(of, attemptIds),
  }
}

/** Also after a disconnection: what was said was said by that system. */
function nameOf(connector: string | null, otherwise: string): string {
  return connector === null ? otherwise : systemName({ connector, accountName: otherwise })
}

type Of = { tx: Tx; invoiceId: string; currency: string }

async function readVersions({ tx, invoiceId, currency }: Of): Promise<Version[]> {
  const rows = await tx.rows<{
    version: number
    totalMinor: bigint
    seenAt: Date
    lines: { heading: string; description: string; quantity: string; minor: string }[] | null
  }>(sql`
    select v.version, v.total_minor, v.seen_at,
      (select json_agg(json_build_object('heading', l.heading, 'description', l.description,
          'quantity', trim_scale(l.quantity)::text, 'minor', l.amount_minor::text) order by l.position)
        from invoice_lines l where l.tenant_id = v.tenant_id and l.invoice_id = v.invoice_id and l.version = v.version) as lines
    from invoice_versions v where v.tenant_id = ${tx.tenantId} and v.invoice_id = ${invoiceId} order by v.version`)
  return rows.map(({ totalMinor, lines, ...row }) => ({
    ...row,
    total: money(totalMinor, currency),
    lines: (lines ?? []).map(({ minor, ...line }) => ({ ...line, amount: money(BigInt(minor), currency) })),
  }))
}

/** What the journal moved on the invoice: into the receivable is owed, out of it is taken off. */
async function readEntries({ tx, invoiceId }: Of): Promise<StoryFacts['entries']> {
  const rows = await tx.rows<{
    causeKind: CauseKind
    causeId: string
    happenedAt: Date
    deltaMinor: bigint
    attemptId: string | null
  }>(sql`
    select e.cause_kind, e.cause_id, e.happened_at, max(l.attempt_id::text) as attempt_id,
      sum(case when l.debit = 'receivable' then l.amount_minor else -l.amount_minor end)::bigint as delta_minor
    from journal_lines l join journal_entries e on e.tenant_id = l.tenant_id and e.id = l.entry_id
    where l.tenant_id = ${tx.tenantId} and e.tenant_id = ${tx.tenantId} and l.invoice_id = ${invoiceId} and 'receivable' in (l.debit, l.credit)
    group by e.id, e.cause_kind, e.cause_id, e.happened_at order by e.happened_at, e.id`)
  return rows.map(({ causeKind, causeId, happenedAt, deltaMinor, attemptId }) => ({
    cause: { kind: causeKind, id: causeId },
    at: happenedAt,
    deltaMinor,
    ...(attemptId === null ? {} : { attemptId }),
  }))
}

async function readMails({ tx, invoiceId }: Of): Promise<Pick<StoryFacts, 'messages' | 'links'>> {
  const messages = await tx.rows<{
    kind: string
    to: string
    state: StoryFacts['messages'][number]['state']
    createdAt: Date
    sentAt: Date | null
    error: string | null
  }>(sql`
    select kind, to_email as "to", state, created_at, sent_at, error from messages
    where tenant_id = ${tx.tenantId} and invoice_id = ${invoiceId} order by created_at`)
  const links = await tx.rows<{ createdAt: Date; viewedAt: Date | null; revokedAt: Date | null }>(sql`
    select created_at, viewed_at, revoked_at from pay_links where tenant_id = ${tx.tenantId} and invoice_id = ${invoiceId}`)
  return { messages: messages.map(withoutNulls), links: links.map(withoutNulls) }
}

async function readRecorded({ tx, invoiceId, currency }: Of): Promise<StoryFacts['recorded']> {
  const rows = await tx.rows<{ id: string; amountMinor: bigint; paidOn: PlainDate; isCredit: boolean }>(sql`
    select id, amount_minor, paid_on, credit_invoice_id is not null as is_credit from recorded_payments
    where tenant_id = ${tx.tenantId} and invoice_id = ${invoiceId} and attempt_id is null`)
  return rows.map(({ amountMinor, ...row }) => ({ ...row, amount: money(amountMinor, currency) }))
}

async function readAttempts({ tx, invoiceId, currency }: Of): Promise<StoryFacts['attempts']> {
  const rows = await tx.rows<{
    id: string
    origin: string
    partMinor: bigint
    grossMinor: bigint
    feeMinor: bigint | null
    methodLabel: string | null
    failureReason: string | null
    clearsOn: PlainDate | null
    moves: { to: AttemptState; at: string }[]
  }>(sql`
    select a.id, a.origin, l.amount_minor as part_minor, a.amount_minor as gross_minor, a.fee_minor, a.method_label, a.failure_reason, a.clears_on,
      (select json_agg(json_build_object('to', t.to_state, 'at', t.at) order by t.at, t.id)
        from attempt_transitions t where t.tenant_id = a.tenant_id and t.attempt_id = a.id) as moves
    from allocations l join attempts a on a.tenant_id = l.tenant_id and a.id = l.attempt_id
    where l.tenant_id = ${tx.tenantId} and a.tenant_id = ${tx.tenantId} and l.invoice_id = ${invoiceId} order by a.created_at`)
  return rows.map(({ partMinor, grossMinor, feeMinor, moves, ...row }) => ({
    ...withoutNulls(row),
    amount: money(partMinor, currency),
    gross: money(grossMinor, currency),
    ...(feeMinor === null ? {} : { fee: money(feeMinor, currency) }),
    moves: moves.map(({ to, at }) => ({ to, at: new Date(at) })),
  }))
}

async function readTakenBack(
  { tx, currency }: Of,
  attemptIds: string[],
): Promise<Pick<StoryFacts, 'refunds' | 'disputes'>> {
  const refunds = await tx.rows<
    Omit<StoryFacts['refunds'][number], 'amount' | 'failureReason'> & {
      amountMinor: bigint
      failureReason: string | null
    }
  >(sql`
    select id, amount_minor, state, reason, created_at, state_at, failure_reason from refunds
    where tenant_id = ${tx.tenantId} and attempt_id = any(${attemptIds}::uuid[])`)
  const disputes = await tx.rows<
    Omit<StoryFacts['disputes'][number], 'amount' | 'evidenceDueAt'> & {
      amountMinor: bigint
      evidenceDueAt: Date | null
    }
  >(sql`
    select id, kind, reason, amount_minor, evidence_due_at from disputes
    where tenant_id = ${tx.tenantId} and attempt_id = any(${attemptIds}::uuid[])`)
  return {
    refunds: refunds.map(({ amountMinor, ...row }) => ({ ...withoutNulls(row), amount: money(amountMinor, currency) })),
    disputes: disputes.map(({ amountMinor, ...row }) => ({
      ...withoutNulls(row),
      amount: money(amountMinor, currency),
    })),
  }
}

async function readSystems(
  { tx, invoiceId, currency }: Of,
  attemptIds: string[],
): Promise<Pick<StoryFacts, 'writeBacks' | 'postings' | 'payouts'>> {
  const backs = await tx.rows<
    Omit<StoryFacts['writeBacks'][number], 'amount' | 'doneAt' | 'error' | 'externalId'> & {
      amountMinor: bigint
      doneAt: Date | null
      error: string | null
      externalId: string | null
    }
  >(sql`
    select state, amount_minor, created_at, done_at, error, external_id from write_backs
    where tenant_id = ${tx.tenantId} and invoice_id = ${invoiceId}`)
  const payouts = await tx.rows<Omit<StoryFacts['payouts'][number], 'amount'> & { amountMinor: bigint }>(sql`
    select p.id, p.payout_id, p.amount_minor, p.state, p.arrives_on, p.created_at from payouts p
    where p.tenant_id = ${tx.tenantId} and exists (
      select 1 from balance_transactions b where b.tenant_id = ${tx.tenantId} and b.payout_id = p.id and b.attempt_id = any(${attemptIds}::uuid[]))`)
  // A posting names what caused it: the attempt, one of its refunds or returns, or the payout it went into.
  const postings = await tx.rows<
    Omit<StoryFacts['postings'][number], 'amount' | 'postedAt' | 'error' | 'externalKind' | 'externalId'> & {
      amountMinor: bigint
      postedAt: Date | null
      error: string | null
      externalKind: string | null
      externalId: string | null
    }
  >(sql`
    select s.kind, s.state, s.amount_minor, s.created_at, s.posted_at, s.error, s.external_kind, s.external_id from postings s
    where s.tenant_id = ${tx.tenantId} and s.cause_id in (
      select unnest(${[...attemptIds, ...payouts.map(({ id }) => id)]}::text[])
      union all select r.id::text from refunds r where r.tenant_id = ${tx.tenantId} and r.attempt_id = any(${attemptIds}::uuid[])
      union all select d.id::text from disputes d where d.tenant_id = ${tx.tenantId} and d.attempt_id = any(${attemptIds}::uuid[]))`)
  return {
    writeBacks: backs.map(({ amountMinor, ...row }) => ({
      ...withoutNulls(row),
      amount: money(amountMinor, currency),
    })),
    payouts: payouts.map(({ amountMinor, ...row }) => ({ ...row, amount: money(amountMinor, currency) })),
    postings: postings.map(({ amountMinor, ...row }) => ({
      ...withoutNulls(row),
      amount: money(amountMinor, currency),
    })),
  }
}

async function readExceptions({ tx, invoiceId }: Of, attemptIds: string[]): Promise<StoryFacts['exceptions']> {
  const rows = await tx.rows<{ detail: string; nextStep: string; openedAt: Date; closedAt: Date | null }>(sql`
    select detail, next_step, opened_at, closed_at from exceptions
    where tenant_id = ${tx.tenantId} and subject_id = any(${[invoiceId, ...attemptIds]}::text[])`)
  return rows.map(withoutNulls)
}

/** A column without a value is a member that is not there. */
function withoutNulls<Row extends object>(row: Row): WithoutNulls<Row> {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as WithoutNulls<Row>
}

type WithoutNulls<Row> = { [Key in keyof Row as null extends Row[Key] ? never : Key]: Row[Key] } & {
  [Key in keyof Row as null extends Row[Key] ? Key : never]?: Exclude<Row[Key], null>
}
