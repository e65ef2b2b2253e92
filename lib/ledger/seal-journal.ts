import 'server-only'
import { now } from '@/lib/base/clock'
import type { Tx } from '@/lib/base/db'
import { faultPoint } from '@/lib/base/fault-point'
import { type Sql, sql } from '@/lib/base/sql'
import { makeSeal, type Seal, type SealedEntry } from './seal'

const batchMax = 5_000
const sealColumns = sql`number, previous_hash, hash, entry_ids, entry_hashes`

/** Puts what is not sealed yet under one seal, chained to the last. @returns how many entries it covered */
export async function sealJournal(tx: Tx): Promise<number> {
  // One sealer at a time per tenant: the chain has one end.
  await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`seal:${tx.tenantId}`}, 0))`)
  const ids = (
    await tx.rows<{ entryId: string }>(sql`
      delete from journal_unsealed where tenant_id = ${tx.tenantId} and entry_id in (
        select entry_id from journal_unsealed where tenant_id = ${tx.tenantId} order by entry_id limit ${batchMax})
      returning entry_id`)
  ).map(({ entryId }) => entryId)
  if (ids.length === 0) return 0
  const last = await tx.row<Seal>(sql`
    select ${sealColumns} from journal_seals where tenant_id = ${tx.tenantId} order by number desc limit 1`)
  const seal = makeSeal(last, await readEntries(tx, sql`and e.id = any(${ids}::uuid[])`))
  await tx.run(sql`
    insert into journal_seals (tenant_id, number, entry_ids, entry_hashes, previous_hash, hash, sealed_at)
    values (${tx.tenantId}, ${seal.number}, ${seal.entryIds}::uuid[], ${seal.entryHashes}::text[], ${seal.previousHash}, ${seal.hash}, ${now()})`)
  await faultPoint('journal.sealed')
  return ids.length
}

/** The whole chain and every entry, as `npm run verify-ledger` takes them. */
export async function exportLedger(tx: Tx): Promise<{ seals: Seal[]; entries: SealedEntry[] }> {
  const seals = await tx.rows<Seal>(sql`
    select ${sealColumns} from journal_seals where tenant_id = ${tx.tenantId} order by number`)
  return { seals, entries: await readEntries(tx, sql``) }
}

function readEntries(tx: Tx, where: Sql): Promise<SealedEntry[]> {
  return tx.rows<SealedEntry>(sql`
    select e.id, e.cause_kind || ' ' || e.cause_id as cause,
      to_char(e.happened_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as happened_at, e.booked_on::text as booked_on, e.note,
      array_agg(concat_ws(' ', l.debit, l.credit, l.amount_minor, l.currency, coalesce(l.client_id::text, '-'), coalesce(l.invoice_id::text, '-'),
        coalesce(l.attempt_id::text, '-'), coalesce(l.payout_id::text, '-')) order by l.position) as lines
    from journal_entries e join journal_lines l on l.tenant_id = e.tenant_id and l.entry_id = e.id
    where e.tenant_id = ${tx.tenantId} ${where}
    group by e.tenant_id, e.id, e.cause_kind, e.cause_id, e.happened_at, e.booked_on, e.note order by e.id`)
}
