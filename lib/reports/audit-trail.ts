import 'server-only'
import { mayReadTrail } from '@/lib/access/actor'
import type { StaffActor } from '@/lib/access/require-staff'
import { type Tx, withTenant } from '@/lib/base/db'
import { Fault } from '@/lib/base/fault'
import { type Sql, sql } from '@/lib/base/sql'
import type { AuditAction } from '@/lib/tenancy/audit-actions'
import type { AuditFilter } from './audit-filter'
import { actorNameOf, subjectNameOf } from './audit-names'

export type AuditLine = {
  id: string
  at: Date
  actorKind: string
  actorId: string | null
  /** The person's or the program's name; null where there is none, or it is known no more. */
  actorName: string | null
  action: string
  subjectKind: string
  subjectId: string
  subjectName: string | null
  detail: Record<string, unknown>
  /** Where it was done from, where that is known. */
  address: string | null
  userAgent: string | null
}

export type AuditKey = { at: string; id: string }
export type AuditPage = { lines: AuditLine[]; next?: AuditKey }

/**
 * Who did what, newest first, from a key on. `matching` are the acts whose words contain what is searched for: the
 * database knows no words. @throws Fault not-found for whoever may not read the trail
 */
export async function readAuditTrail(
  actor: StaffActor,
  filter: AuditFilter,
  { after, matching = [], count = 50 }: { after?: AuditKey; matching?: readonly AuditAction[]; count?: number } = {},
): Promise<AuditPage> {
  if (!mayReadTrail(actor)) throw new Fault('not-found', 'No such page')
  const rows = await withTenant(actor.tenantId, (tx) =>
    tx.rows<AuditLine>(sql`
      select e.id, e.at, e.actor_kind, e.actor_id, e.action, e.subject_kind, e.subject_id, e.detail,
        (${actorNameOf(tx.tenantId)}) as actor_name, (${subjectNameOf(tx.tenantId)}) as subject_name,
        coalesce(nullif(s.address, ''), e.detail ->> 'ip') as address, coalesce(nullif(s.user_agent, ''), e.detail ->> 'userAgent') as user_agent
      from audit_entries e left join sessions s on s.tenant_id = e.tenant_id and s.id = e.session_id
      where e.tenant_id = ${tx.tenantId} ${conditionsOf(tx, filter, matching)}
        ${after === undefined ? sql`` : sql`and (e.at, e.id) < (${after.at}::timestamptz, ${after.id}::uuid)`}
      order by e.at desc, e.id desc limit ${count + 1}`),
  )
  const lines = rows.slice(0, count)
  const last = lines.at(-1)
  return rows.length > count && last !== undefined
    ? { lines, next: { at: last.at.toISOString(), id: last.id } }
    : { lines }
}

function conditionsOf(tx: Tx, filter: AuditFilter, matching: readonly AuditAction[]): Sql {
  const { who, actions, object, from, to, search } = filter
  const zone = sql`(select t.time_zone from tenants t where t.id = ${tx.tenantId})`
  return sql`
    ${who === undefined ? sql`` : sql`and e.actor_kind = ${who.kind}`}
    ${who?.id === undefined ? sql`` : sql`and e.actor_id = ${who.id}`}
    ${actions === undefined ? sql`` : sql`and e.action = any(${actions}::text[])`}
    ${object === undefined ? sql`` : sql`and e.subject_kind = ${object.kind} and e.subject_id = ${object.id}`}
    ${from === undefined ? sql`` : sql`and e.at >= ${from}::date::timestamp at time zone ${zone}`}
    ${to === undefined ? sql`` : sql`and e.at < (${to}::date + 1)::timestamp at time zone ${zone}`}
    ${search === undefined ? sql`` : searched(tx, search, matching)}`
}

/** In what was done, to what, by whom, and in the detail. What is typed is text, not a pattern. */
function searched(tx: Tx, search: string, matching: readonly AuditAction[]): Sql {
  const like = `%${search.replaceAll(/[\\%_]/g, '\\$&')}%`
  return sql`and (e.action = any(${matching}::text[]) or e.detail::text ilike ${like} or e.subject_id = ${search}
    or (${actorNameOf(tx.tenantId)}) ilike ${like} or (${subjectNameOf(tx.tenantId)}) ilike ${like})`
}
