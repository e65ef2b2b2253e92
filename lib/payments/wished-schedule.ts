import 'server-only'
import { z } from 'zod'
import { now, type PlainDate } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { log } from '@/lib/base/log'
import { json, sql } from '@/lib/base/sql'
import { announce } from '@/lib/events/announce'
import type { DatedOrder } from './check-schedule'
import { setPayment } from './schedule-payment'
import type { ScheduleRefusal } from './schedule-result'

/** How long whoever pressed is taken to be before the page, which tells them what came of it. */
const PAGE_MS = 15 * 60_000

/** A payment for a date that waits for what it is to be paid with to be saved. It goes by the setup's id. */
export type WishedSchedule = DatedOrder & { receiptEmail: string }

const Kept = z.object({
  runOn: z.iso.date(),
  invoices: z.array(z.object({ invoiceId: z.uuid(), amountMinor: z.string().transform(BigInt) })).min(1),
  creditMinor: z.string().default('0').transform(BigInt),
})

/** As it is kept with the setup; amounts as digits. */
export function keptSchedule({ runOn, invoices, creditMinor = 0n }: WishedSchedule): string {
  return json({ runOn, invoices, creditMinor })
}

/** Before the setup itself is locked: payments lock invoices first, and two that wait for each other would never end. */
export async function lockWished(tx: Tx, setupId: string): Promise<void> {
  await tx.rows(sql`
    select i.id from invoices i
    where i.tenant_id = ${tx.tenantId} and i.id in (
      select (part ->> 'invoiceId')::uuid from setups s, jsonb_array_elements(s.schedule -> 'invoices') part
      where s.tenant_id = ${tx.tenantId} and s.id = ${setupId})
    order by i.id for update`)
}

/**
 * What was wished for with a setup is set, in the transaction that saved its method: neither is there without the other
 * having been decided. As things stand then: what cannot be set any more is not, and the setup says why.
 */
export async function setWished(tx: Tx, setupId: string, methodId: string): Promise<void> {
  const wish = await tx.row<{
    schedule: unknown
    scheduleEmail: string | null
    language: string
    contactId: string
    clientId: string
    acceptedAt: Date
  }>(sql`
    select schedule, schedule_email, language, given_by_id as contact_id, client_id, accepted_at from setups
    where tenant_id = ${tx.tenantId} and id = ${setupId} and schedule is not null`)
  if (wish === undefined) return
  const { contactId, clientId, scheduleEmail, language, acceptedAt } = wish
  const came = await setPayment(
    tx,
    { kind: 'contact', tenantId: tx.tenantId, contactId, clientId, role: 'payer' },
    {
      ...Kept.parse(wish.schedule),
      ...{ scheduleId: setupId, methodId },
      ...(scheduleEmail === null ? {} : { receiptEmail: scheduleEmail }),
    },
    language,
  )
  if (came === 'ok') return
  await tx.run(sql`update setups set schedule_refused = ${came} where tenant_id = ${tx.tenantId} and id = ${setupId}`)
  // Later than the page, nobody would hear of it: small deposits take days.
  if (now().getTime() - acceptedAt.getTime() > PAGE_MS)
    await announce(tx, { kind: 'schedule.refused', setupId }, setupId)
  log.warn({ tenantId: tx.tenantId, setupId, because: came }, 'schedule.not_set')
}

/** A wish that was not carried out: why not, and what of it is still to be paid. */
export type RefusedWish = {
  clientId: string
  locale: string
  methodLabel: string
  because: ScheduleRefusal
  runOn: PlainDate
  receiptEmail: string | null
  invoices: { invoiceId: string; number: string; amountMinor: bigint; currency: string }[]
}

/** @returns undefined where the payment was set, or nothing was wished for */
export async function readRefusedWish(tx: Tx, setupId: string): Promise<RefusedWish | undefined> {
  const wish = await tx.row<Omit<RefusedWish, 'runOn' | 'invoices'> & { schedule: unknown }>(sql`
    select client_id, language as locale, coalesce(label, '') as method_label, schedule_refused as because,
      schedule_email as receipt_email, schedule
    from setups where tenant_id = ${tx.tenantId} and id = ${setupId} and schedule_refused is not null`)
  if (wish === undefined) return undefined
  const { schedule, ...rest } = wish
  const { runOn, invoices } = Kept.parse(schedule)
  const known = await tx.rows<{ id: string; number: string; currency: string }>(sql`
    select id, number, currency from invoices
    where tenant_id = ${tx.tenantId} and id = any(${invoices.map(({ invoiceId }) => invoiceId)}::uuid[])
      and state = 'open' and balance_minor > 0 order by number`)
  const wished = new Map(invoices.map(({ invoiceId, amountMinor }) => [invoiceId, amountMinor]))
  return {
    ...{ ...rest, runOn },
    invoices: known.map(({ id, ...one }) => ({ ...one, invoiceId: id, amountMinor: wished.get(id) ?? 0n })),
  }
}

/** Why the payment of a setup was not set, or that none was wished for with it; undefined when it was. */
export async function whyNotSet(tenantId: string, setupId: string): Promise<ScheduleRefusal | undefined> {
  const row = await withTenant(tenantId, (tx) =>
    tx.row<{ because: ScheduleRefusal | null }>(
      sql`select case when schedule is null then 'form' else schedule_refused end as because from setups where tenant_id = ${tx.tenantId} and id = ${setupId}`,
    ),
  )
  return row?.because ?? undefined
}
