import 'server-only'
import { type Actor, isGuest, maySeeClient } from '@/lib/access/actor'
import type { PlainDate } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { Fault } from '@/lib/base/fault'
import { isId } from '@/lib/base/ids'
import { type Sql, sql } from '@/lib/base/sql'
import { money } from '@/lib/money/money'
import type { MethodType } from './method'
import type { ScheduledState, ScheduledView } from './scheduled'
import { waitingCredit } from './waiting-credit'

/** A client's payments that wait for their date, the next first. Whoever holds a mailed link sees none of them. */
export async function listScheduled(actor: Actor, clientId: string): Promise<ScheduledView[]> {
  if (isGuest(actor) || !isId(clientId) || !maySeeClient(actor, clientId)) return []
  return withTenant(actor.tenantId, async (tx) =>
    asThingsStand(tx, await read(tx, sql`and s.client_id = ${clientId} and s.state = 'scheduled'`)),
  )
}

/** @throws Fault not-found also when it is another client's */
export async function getScheduled(actor: Actor, id: string): Promise<ScheduledView> {
  const [found] = isId(id)
    ? await withTenant(actor.tenantId, async (tx) => asThingsStand(tx, await read(tx, sql`and s.id = ${id}`)))
    : []
  if (found === undefined || isGuest(actor) || !maySeeClient(actor, found.clientId))
    throw new Fault('not-found', 'No such scheduled payment')
  return found
}

/** One as it was announced, inside a transaction of ours; who may see it has been settled already. */
export async function readScheduled(tx: Tx, id: string): Promise<ScheduledView | undefined> {
  return (await read(tx, sql`and s.id = ${id}`))[0]
}

/** The date an invoice is set to be paid on, for whoever may see the invoice: of the method nothing is said. */
export async function scheduledOn(tx: Tx, invoiceIds: string[]): Promise<PlainDate | undefined> {
  const row = await tx.row<{ runOn: PlainDate }>(sql`
    select s.run_on from scheduled_parts p join scheduled_payments s on s.tenant_id = p.tenant_id and s.id = p.schedule_id
    where p.tenant_id = ${tx.tenantId} and p.invoice_id = any(${invoiceIds}::uuid[]) and p.is_open order by s.run_on limit 1`)
  return row?.runOn
}

type Row = {
  id: string
  clientId: string
  state: ScheduledState
  runOn: PlainDate
  currency: string
  creditMinor: bigint
  methodId: string
  methodLabel: string
  methodType: MethodType
  endedReason: string | null
  isAutomatic: boolean
  attemptId: string | null
  stateAt: Date
  parts: { invoiceId: string; number: string; minor: string; isOpen: boolean; dueOn: PlainDate }[]
}

/** With the credit that is there now: credit that came since it was announced lowers what is charged. */
async function asThingsStand(tx: Tx, views: ScheduledView[]): Promise<ScheduledView[]> {
  const waiting = views.filter(({ state }) => state === 'scheduled')
  const credits = new Map<string, bigint>()
  // One client's: in one currency, seldom in two.
  for (const [currency, [first]] of Map.groupBy(waiting, ({ amount }) => amount.currency))
    if (first !== undefined)
      for (const [id, minor] of (await waitingCredit(tx, first.clientId, currency)).ofScheduled) credits.set(id, minor)
  return views.map((view) => {
    const creditMinor = credits.get(view.id) ?? 0n
    if (creditMinor <= view.credit.minor) return view
    const { currency } = view.amount
    const moreMinor = creditMinor - view.credit.minor
    return { ...view, amount: money(view.amount.minor - moreMinor, currency), credit: money(creditMinor, currency) }
  })
}

async function read(tx: Tx, where: Sql): Promise<ScheduledView[]> {
  const rows = await tx.rows<Row>(sql`
    select s.id, s.client_id, s.state, s.run_on, s.currency, s.credit_minor, s.method_id, m.label as method_label, m.type as method_type, s.ended_reason, s.origin = 'autopay' as is_automatic, s.attempt_id, s.state_at,
      (select json_agg(json_build_object('invoiceId', p.invoice_id, 'number', i.number, 'isOpen', p.is_open, 'dueOn', i.due_on,
          'minor', (case when p.is_open then least(p.amount_minor, greatest(i.balance_minor, 0)) else p.amount_minor end)::text) order by i.number)
        from scheduled_parts p join invoices i on i.tenant_id = p.tenant_id and i.id = p.invoice_id
        where p.tenant_id = s.tenant_id and p.schedule_id = s.id) as parts
    from scheduled_payments s join methods m on m.tenant_id = s.tenant_id and m.id = s.method_id
    where s.tenant_id = ${tx.tenantId} ${where} order by s.run_on, s.id limit 100`)
  return rows.map(({ currency, creditMinor, parts, endedReason, attemptId, ...row }) => {
    const shown = row.state === 'scheduled' ? parts.filter(({ isOpen }) => isOpen) : parts
    const views = shown.map(({ invoiceId, number, minor }) => ({
      ...{ invoiceId, number },
      amount: money(BigInt(minor), currency),
    }))
    const total = views.reduce((sum, { amount }) => sum + amount.minor, 0n)
    const credit = creditMinor < total ? creditMinor : total
    return {
      ...row,
      ...{ amount: money(total - credit, currency), credit: money(credit, currency) },
      parts: views,
      lastOn: shown.map(({ dueOn }) => dueOn).toSorted()[0] ?? row.runOn,
      ...(endedReason && { endedReason }),
      ...(attemptId && { attemptId }),
    }
  })
}
