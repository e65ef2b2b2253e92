import 'server-only'
import { type Actor, maySeeClient } from '@/lib/access/actor'
import type { PlainDate } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { Fault } from '@/lib/base/fault'
import { sql } from '@/lib/base/sql'
import type { CauseKind } from '@/lib/ledger/entry'
import { money } from '@/lib/money/money'
import { addUpStatement, type Statement } from './statement'
import { kindOf, statementMoves } from './statement-moves'

type Row = {
  clientName: string
  currency: string
  /** Null in the one row that holds what was before. */
  on: PlainDate | null
  causeKind: CauseKind | null
  isCredit: boolean | null
  numbers: string[] | null
  methodLabel: string | null
  minor: bigint
}

/**
 * A client's account between two dates, both counted in: from the journal, in one statement.
 * @throws Fault not-found
 */
export async function readStatement(
  actor: Actor,
  clientId: string,
  period: { from: PlainDate; to: PlainDate },
): Promise<Statement> {
  const { from, to } = period
  if (!maySeeClient(actor, clientId)) throw new Fault('not-found', 'No such client')
  const rows = await withTenant(actor.tenantId, (tx) =>
    tx.rows<Row>(sql`
      with client as (select id, name, currency from clients where tenant_id = ${tx.tenantId} and id = ${clientId}),
      ${statementMoves(tx, period)}
      select c.name as client_name, c.currency, null::date as "on", null as cause_kind, null::boolean as is_credit, null::text[] as numbers, null as method_label,
        (select coalesce(sum(minor), 0)::bigint from moved where booked_on < ${from}) as minor, null::uuid as id
      from client c
      union all
      select c.name, c.currency, t.booked_on, t.cause_kind, t.is_credit, t.numbers, t.method_label, t.minor, t.id from client c, told t
      order by 3 nulls first, 9`),
  )
  const [before, ...moves] = rows
  if (before === undefined) throw new Fault('not-found', 'No such client')
  const { clientName, currency } = before
  return addUpStatement(
    { clientName, from, to, opening: money(before.minor, currency) },
    moves.map(({ on, causeKind, isCredit, numbers, methodLabel, minor }) => ({
      on: on ?? from,
      kind: kindOf(causeKind, isCredit === true),
      numbers: numbers ?? [],
      amount: money(minor, currency),
      ...(methodLabel === null ? {} : { methodLabel }),
    })),
  )
}
