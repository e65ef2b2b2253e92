import 'server-only'
import type { PlainDate } from '@/lib/base/clock'
import type { Tx } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import type { CauseKind } from '@/lib/ledger/entry'
import { type Money, money } from '@/lib/money/money'
import { type Statement, type StatementKind, type StatementSums, sumsOf } from './statement'
import { kindOf, statementMoves } from './statement-moves'

export type SummedStatement = Pick<Statement, 'clientName'> &
  StatementSums & {
    /** Something moved in the period, even where it comes to nothing. */
    hasMoved: boolean
  }

type Row = {
  clientId: string
  clientName: string
  currency: string
  openingMinor: bigint
  /** What moved, added up by cause; null in the one row of a client for whom nothing did. */
  causeKind: CauseKind | null
  isCredit: boolean | null
  minor: bigint | null
}

/** What the statements of many clients come to in a period, by client: the figures `readStatement` gives, in one statement. */
export async function sumStatements(
  tx: Tx,
  clientIds: readonly string[],
  period: { from: PlainDate; to: PlainDate },
): Promise<Map<string, SummedStatement>> {
  const rows = await tx.rows<Row>(sql`
    with client as (select id, name, currency from clients where tenant_id = ${tx.tenantId} and id = any(${clientIds}::uuid[])),
    ${statementMoves(tx, period)},
    before as (select client_id, sum(minor)::bigint as minor from moved where booked_on < ${period.from} group by client_id),
    within as (
      select client_id, cause_kind, is_credit, sum(minor)::bigint as minor from told group by client_id, cause_kind, is_credit)
    select c.id as client_id, c.name as client_name, c.currency, coalesce(b.minor, 0) as opening_minor, w.cause_kind, w.is_credit, w.minor
    from client c left join before b on b.client_id = c.id left join within w on w.client_id = c.id`)
  const moves = Map.groupBy(rows, ({ clientId }) => clientId)
  return new Map(
    [...moves].flatMap(([clientId, ofClient]) => {
      const [about] = ofClient
      return about === undefined ? [] : [[clientId, summed(about, ofClient)]]
    }),
  )
}

function summed({ clientName, currency, openingMinor }: Row, rows: readonly Row[]): SummedStatement {
  const moves = rows.flatMap(({ causeKind, isCredit, minor }): { kind: StatementKind; amount: Money }[] =>
    minor === null ? [] : [{ kind: kindOf(causeKind, isCredit === true), amount: money(minor, currency) }],
  )
  return { clientName, hasMoved: moves.length > 0, ...sumsOf(money(openingMinor, currency), moves) }
}
