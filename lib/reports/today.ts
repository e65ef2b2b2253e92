import 'server-only'
import type { Actor } from '@/lib/access/actor'
import { type PlainDate, todayIn } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { type ExceptionCause, exceptionCauses } from '@/lib/events/exception-cause'
import { type Money, money } from '@/lib/money/money'
import { getTenant } from '@/lib/tenancy/queries'
import { readStandings, type Standing } from './standing'

export type ExceptionView = {
  id: string
  cause: ExceptionCause
  subjectKind: string
  subjectId: string
  clientId?: string
  clientName?: string
  amount?: Money
  detail: string
  nextStep: string
  owner?: { id: string; name: string }
  openedAt: Date
}

export type ExceptionGroup = { cause: ExceptionCause; exceptions: ExceptionView[] }

/** The standing in the MSP's own currency, and beside it that in each other. */
export type Today = Standing & {
  on: PlainDate
  timeZone: string
  others: Standing[]
  /** In the order of urgency; within one cause the oldest first. At most 100. */
  needsPerson: ExceptionGroup[]
}

/** The first page staff see: four statements. */
export async function getToday(actor: Actor): Promise<Today> {
  return withTenant(actor.tenantId, async (tx) => {
    const { timeZone, currency } = await getTenant(tx)
    const on = todayIn(timeZone)
    const { own, others } = await readStandings(tx, { on, timeZone }, currency)
    return { ...own, on, timeZone, others, needsPerson: await openExceptions(tx) }
  })
}

/** Open exceptions, grouped by cause. */
async function openExceptions(tx: Tx): Promise<ExceptionGroup[]> {
  const rows = await tx.rows<{
    id: string
    cause: ExceptionCause
    subjectKind: string
    subjectId: string
    clientId: string | null
    clientName: string | null
    amountMinor: bigint | null
    currency: string | null
    detail: string
    nextStep: string
    ownerId: string | null
    ownerName: string | null
    openedAt: Date
  }>(sql`
    select e.id, e.cause, e.subject_kind, e.subject_id, e.client_id, c.name as client_name, e.amount_minor, e.currency, e.detail, e.next_step,
      e.owner_id, s.name as owner_name, e.opened_at
    from exceptions e
    left join clients c on c.tenant_id = e.tenant_id and c.id = e.client_id
    left join staff s on s.tenant_id = e.tenant_id and s.id = e.owner_id
    where e.tenant_id = ${tx.tenantId} and e.closed_at is null
    order by array_position(${[...exceptionCauses]}::text[], e.cause), e.opened_at, e.id limit 100`)
  const groups = new Map<ExceptionCause, ExceptionView[]>()
  for (const { clientId, clientName, amountMinor, currency, ownerId, ownerName, ...rest } of rows) {
    const view: ExceptionView = {
      ...rest,
      ...(clientId === null ? {} : { clientId }),
      ...(clientName === null ? {} : { clientName }),
      ...(amountMinor === null || currency === null ? {} : { amount: money(amountMinor, currency) }),
      ...(ownerId === null || ownerName === null ? {} : { owner: { id: ownerId, name: ownerName } }),
    }
    groups.set(rest.cause, [...(groups.get(rest.cause) ?? []), view])
  }
  return [...groups].map(([cause, exceptions]) => ({ cause, exceptions }))
}
