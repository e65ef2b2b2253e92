import 'server-only'
import type { Tx } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { type Money, money } from '@/lib/money/money'

/** Money of a client that pays no invoice yet: credit memos, and what was paid beyond what was owed. */
export async function clientCredit(tx: Tx, clientId: string, currency: string): Promise<Money> {
  const credit = await tx.row<{ minor: bigint }>(sql`
    select coalesce(sum(case when credit = 'unapplied' then amount_minor else -amount_minor end), 0)::bigint as minor
    from journal_lines
    where tenant_id = ${tx.tenantId} and client_id = ${clientId} and currency = ${currency} and 'unapplied' in (debit, credit)`)
  return money(credit?.minor ?? 0n, currency)
}

/** The same in every currency in which there is some. */
export async function clientCredits(tx: Tx, clientId: string): Promise<Money[]> {
  const credits = await tx.rows<{ currency: string; minor: bigint }>(sql`
    select currency, sum(case when credit = 'unapplied' then amount_minor else -amount_minor end)::bigint as minor
    from journal_lines
    where tenant_id = ${tx.tenantId} and client_id = ${clientId} and 'unapplied' in (debit, credit)
    group by currency having sum(case when credit = 'unapplied' then amount_minor else -amount_minor end) <> 0 order by currency`)
  return credits.map(({ minor, currency }) => money(minor, currency))
}
