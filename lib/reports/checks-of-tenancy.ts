import type { Tx } from '@/lib/base/db'
import { Sql, sql } from '@/lib/base/sql'
import type { InsideCheck } from './inside-check'

/** References that no foreign key holds: each must lead to a row of the same tenant. */
const loose: [from: string, column: string, to: string][] = [
  ['exceptions', 'client_id', 'clients'],
  ['exceptions', 'owner_id', 'staff'],
  ['messages', 'client_id', 'clients'],
  ['messages', 'invoice_id', 'invoices'],
  ['messages', 'attempt_id', 'attempts'],
  ['recorded_payments', 'credit_invoice_id', 'invoices'],
  ['recorded_payments', 'attempt_id', 'attempts'],
]
/** And those that foreign keys hold, in case a key was dropped. */
const held: [from: string, column: string, to: string][] = [
  ['invoices', 'client_id', 'clients'],
  ['attempts', 'client_id', 'clients'],
  ['allocations', 'invoice_id', 'invoices'],
  ['allocations', 'attempt_id', 'attempts'],
  ['journal_lines', 'invoice_id', 'invoices'],
  ['journal_lines', 'attempt_id', 'attempts'],
  ['journal_lines', 'entry_id', 'journal_entries'],
  ['write_backs', 'invoice_id', 'invoices'],
  ['balance_transactions', 'payout_id', 'payouts'],
]

export const checksOfTenancy: InsideCheck[] = [...loose, ...held].map(([from, column, to]) => ({
  invariant: 'I9' as const,
  says: `A row of ${from} points at ${to} that this tenant does not have`,
  find: (tx) => notFound(tx, from, column, to),
}))

/** The names come from the lists above, never from outside. */
function notFound(tx: Tx, from: string, column: string, to: string): Sql {
  const [source, field, target] = [from, column, to].map((name) => new Sql([name], []))
  return sql`
    select ${from}::text as kind, f.${field}::text as id, ${`a row of ${to}`}::text as expected, 'none' as actual
    from ${source} f where f.tenant_id = ${tx.tenantId} and f.${field} is not null
      and not exists (select 1 from ${target} t where t.tenant_id = ${tx.tenantId} and t.id = f.${field})`
}
