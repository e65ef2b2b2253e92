import 'server-only'
import { type Tx, withTenant } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { verifyChain } from '@/lib/ledger/seal'
import { exportLedger } from '@/lib/ledger/seal-journal'
import { addUpJournal } from './add-up-journal'
import { checksOfBooks } from './checks-of-books'
import { checksOfPayments } from './checks-of-payments'
import { checksOfTenancy } from './checks-of-tenancy'
import type { InsideCheck } from './inside-check'
import type { OutsideBooks } from './outside-books'
import { compareOutside, type OurBooks } from './outside-checks'
import { readBalances, readJournal } from './read-journal'
import type { Violation } from './violation'

/** Of one promise at most this many broken rows are named: the first tells the story. */
const shownMax = 20

/**
 * Checks every promise the product makes about money, I1 to I14, for one tenant. Run after every test and every night.
 * What concerns the outside is checked against `outside`; parts of it that are left out are not compared.
 * @returns what is broken, empty when nothing is
 */
export async function checkInvariants(tenantId: string, outside: OutsideBooks = {}): Promise<Violation[]> {
  return withTenant(tenantId, async (tx) => {
    // One picture of everything: a payment that arrives meanwhile must not look like a gap.
    await tx.run(sql`set transaction isolation level repeatable read`)
    const found: Violation[] = []
    for (const check of [...checksOfPayments, ...checksOfBooks, ...checksOfTenancy])
      found.push(...(await ask(tx, check)))
    found.push(...(await checkChain(tx)), ...(await checkExport(tx)))
    if (Object.keys(outside).length > 0) found.push(...compareOutside(await readOurBooks(tx), outside))
    return found
  })
}

async function ask(tx: Tx, { invariant, says, find }: InsideCheck): Promise<Violation[]> {
  const rows = await tx.rows<{ kind: string; id: string; expected: string; actual: string }>(
    sql`select * from (${find(tx)}) as broken limit ${shownMax}`,
  )
  return rows.map(({ kind, id, expected, actual }) => ({ invariant, row: { kind, id }, says, expected, actual }))
}

/** I12: the seals over the journal. */
async function checkChain(tx: Tx): Promise<Violation[]> {
  const { seals, entries } = await exportLedger(tx)
  return verifyChain(seals, entries).map((says) => ({
    invariant: 'I12',
    row: { kind: 'journal_seal', id: /[Ss]eal (\d+)/.exec(says)?.[1] ?? 'chain' },
    says,
    expected: 'an unbroken chain',
    actual: 'broken',
  }))
}

/** I14: the export added up by its text against the tables added up by the database. */
async function checkExport(tx: Tx): Promise<Violation[]> {
  const exported = new Map<string, bigint>()
  for await (const part of readJournal(tx))
    for (const [account, minor] of addUpJournal(part)) exported.set(account, (exported.get(account) ?? 0n) + minor)
  const stored = await readBalances(tx)
  return [...new Set([...exported.keys(), ...stored.keys()])].flatMap((account) => {
    const [expected, actual] = [stored.get(account) ?? 0n, exported.get(account) ?? 0n]
    return expected === actual
      ? []
      : [
          {
            invariant: 'I14' as const,
            row: { kind: 'account', id: account },
            says: 'The exported journal gives another balance',
            expected: String(expected),
            actual: String(actual),
          },
        ]
  })
}

async function readOurBooks(tx: Tx): Promise<OurBooks> {
  const payments = await tx.rows<OurBooks['payments'][number]>(sql`
    select e.cause_id as attempt_id, a.charge_id, sum(l.amount_minor)::bigint as amount_minor, l.currency
    from journal_entries e join journal_lines l on l.tenant_id = e.tenant_id and l.entry_id = e.id
    left join attempts a on a.tenant_id = e.tenant_id and a.id::text = e.cause_id
    where e.tenant_id = ${tx.tenantId} and l.tenant_id = ${tx.tenantId} and e.cause_kind = 'payment.succeeded' and l.debit = 'clearing'
    group by e.cause_id, a.charge_id, l.currency`)
  const clearing = await tx.rows<{ currency: string; minor: bigint }>(sql`
    select currency, sum(case when debit = 'clearing' then amount_minor else -amount_minor end)::bigint as minor
    from journal_lines where tenant_id = ${tx.tenantId} and 'clearing' in (debit, credit) group by currency`)
  const invoices = await tx.rows<OurBooks['invoices'][number]>(sql`
    select r.external_id, i.balance_minor,
      not exists (select 1 from write_backs w where w.tenant_id = ${tx.tenantId} and w.invoice_id = i.id and w.state <> 'in_step')
        and not exists (select 1 from allocations l join attempts a on a.tenant_id = l.tenant_id and a.id = l.attempt_id
          where l.tenant_id = ${tx.tenantId} and l.invoice_id = i.id and a.succeeded_at is not null
            and not exists (select 1 from write_backs w where w.tenant_id = ${tx.tenantId} and w.attempt_id = l.attempt_id and w.invoice_id = i.id)) as settled
    from invoices i join external_refs r on r.tenant_id = i.tenant_id and r.kind = 'invoice' and r.local_id = i.id
    join connections c on c.tenant_id = r.tenant_id and c.id = r.connection_id and c.kind = 'psa'
    where i.tenant_id = ${tx.tenantId} and r.tenant_id = ${tx.tenantId} and i.kind = 'invoice' and c.state <> 'disconnected'`)
  const writeBacks = await tx.rows<OurBooks['writeBacks'][number]>(sql`
    select r.external_id as invoice_external_id, w.external_id, w.written_minor as amount_minor
    from write_backs w join external_refs r on r.tenant_id = w.tenant_id and r.kind = 'invoice' and r.local_id = w.invoice_id
    join connections c on c.tenant_id = r.tenant_id and c.id = r.connection_id and c.kind = 'psa'
    where w.tenant_id = ${tx.tenantId} and r.tenant_id = ${tx.tenantId} and w.state = 'in_step' and w.written_minor > 0`)
  const recorded = await tx.rows<{ externalId: string }>(sql`
    select external_id from recorded_payments where tenant_id = ${tx.tenantId} and gone_at is null`)
  const postings = await tx.rows<OurBooks['postings'][number]>(sql`
    select id, external_kind, external_id, amount_minor from postings
    where tenant_id = ${tx.tenantId} and state = 'posted' and external_id is not null`)
  return { payments, clearing, invoices, writeBacks, recorded, postings }
}
