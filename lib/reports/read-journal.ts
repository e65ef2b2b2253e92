import 'server-only'
import type { Tx } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import type { Account } from '@/lib/ledger/account'
import { type ExportedEntry, exportEntry, exportedAccount } from './journal-export'

const batch = 2_000

/** The whole journal as hledger text, a part at a time, in the order of its entries. */
export async function* readJournal(tx: Tx): AsyncIterable<string> {
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const entries = await tx.rows<
      Omit<ExportedEntry, 'lines'> & {
        lines: { debit: Account; credit: Account; minor: string; currency: string; clientId: string | null }[]
      }
    >(sql`
      select e.id, e.booked_on::text as booked_on, e.cause_kind, e.cause_id, e.note,
        (select coalesce(json_agg(json_build_object('debit', l.debit, 'credit', l.credit, 'minor', l.amount_minor::text, 'currency', l.currency, 'clientId', l.client_id) order by l.position), '[]')
          from journal_lines l where l.tenant_id = ${tx.tenantId} and l.entry_id = e.id) as lines
      from journal_entries e where e.tenant_id = ${tx.tenantId} and e.id > ${after} order by e.id limit ${batch}`)
    const last = entries.at(-1)
    if (last === undefined) return
    after = last.id
    yield entries
      .map(({ lines, ...entry }) =>
        exportEntry({ ...entry, lines: lines.map(({ minor, ...line }) => ({ ...line, amountMinor: BigInt(minor) })) }),
      )
      .join('\n')
  }
}

/** The balances as the database adds them up, named as in the export, zeros left out. */
export async function readBalances(tx: Tx): Promise<Map<string, bigint>> {
  const rows = await tx.rows<{ account: Account; clientId: string | null; currency: string; minor: bigint }>(sql`
    select account, client_id, currency, sum(minor)::bigint as minor from (
      select debit as account, case when debit in ('receivable', 'unapplied') then client_id end as client_id, currency, amount_minor as minor
      from journal_lines where tenant_id = ${tx.tenantId}
      union all
      select credit, case when credit in ('receivable', 'unapplied') then client_id end, currency, -amount_minor
      from journal_lines where tenant_id = ${tx.tenantId}) as sides
    group by 1, 2, 3 having sum(minor) <> 0`)
  return new Map(
    rows.map(({ account, clientId, currency, minor }) => [`${exportedAccount(account, clientId)} ${currency}`, minor]),
  )
}
