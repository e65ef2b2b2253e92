import 'server-only'
import { now, todayIn } from '@/lib/base/clock'
import type { Tx } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { announce } from '@/lib/events/announce'
import type { Movement } from '@/lib/ledger/entry'
import { record } from '@/lib/ledger/record'
import { money } from '@/lib/money/money'
import { getTenant } from '@/lib/tenancy/queries'
import { creditUnder } from './mirrored-invoices'

type Live = {
  id: string
  clientId: string
  currency: string
  invoiceId: string
  remainingMinor: bigint
}

/**
 * Credit that was applied and is no more there is taken back, the latest first, and the invoices it paid are open again:
 * a kept payment was refunded, a credit memo voided or used up in the PSA, an invoice rose to what had been paid on it.
 * Without that one dollar would pay twice. Called after whatever may have lowered a client’s credit; mostly there is
 * nothing to do.
 * @param from the payment that was taken back: what its money paid goes first
 */
export async function withdrawCredit(tx: Tx, clientIds: readonly string[], from?: string): Promise<void> {
  const clients = await tx.rows<{ clientId: string; currency: string }>(sql`
    select distinct client_id, currency from credit_applications
    where tenant_id = ${tx.tenantId} and client_id = any(${[...new Set(clientIds)].sort()}::uuid[]) and withdrawn_minor < amount_minor
    order by client_id, currency`)
  for (const { clientId, currency } of clients) await withdrawOf(tx, clientId, currency, from)
}

async function withdrawOf(tx: Tx, clientId: string, currency: string, from: string | undefined): Promise<void> {
  // Asked for its lock: nobody applies or reserves this client’s credit until we are through.
  await tx.row(sql`select free_credit(${tx.tenantId}::uuid, ${clientId}::uuid, ${currency})`)
  const stands = await tx.row<{ minor: bigint }>(sql`
    select coalesce(sum(case when credit = 'unapplied' then amount_minor else -amount_minor end), 0)::bigint as minor
    from journal_lines
    where tenant_id = ${tx.tenantId} and client_id = ${clientId} and currency = ${currency} and (debit = 'unapplied' or credit = 'unapplied')`)
  let missing = -(stands?.minor ?? 0n)
  if (missing <= 0n) return
  const live = await tx.rows<Live>(sql`
    select id, client_id, currency, invoice_id, amount_minor - withdrawn_minor as remaining_minor from credit_applications
    where tenant_id = ${tx.tenantId} and client_id = ${clientId} and currency = ${currency} and withdrawn_minor < amount_minor
    order by coalesce(source_attempt_id = ${from ?? null}, false) desc, id desc`)
  const invoiceIds = [...new Set(live.map(({ invoiceId }) => invoiceId))].sort()
  const invoices = await tx.rows<{ id: string; settledMinor: bigint }>(sql`
    select id, settled_minor from invoices where tenant_id = ${tx.tenantId} and id = any(${invoiceIds}::uuid[]) order by id for update`)
  const settled = new Map(invoices.map(({ id, settledMinor }) => [id, settledMinor]))
  const parked = await creditUnder(tx, invoiceIds)
  const taken: { id: string; minor: bigint; movement: Movement }[] = []
  for (const { id, invoiceId, remainingMinor } of live) {
    if (missing <= 0n) break
    // What lies beyond the invoice’s total is the client’s credit again already: it only stops counting as applied.
    const beyond = least(remainingMinor, parked.get(invoiceId) ?? 0n)
    const reopened = least(least(remainingMinor - beyond, missing), settled.get(invoiceId) ?? 0n)
    parked.set(invoiceId, (parked.get(invoiceId) ?? 0n) - beyond)
    settled.set(invoiceId, (settled.get(invoiceId) ?? 0n) - reopened)
    missing -= reopened
    const amount = money(reopened, currency)
    taken.push({
      ...{ id, minor: beyond + reopened },
      movement: { debit: 'receivable', credit: 'unapplied', amount, clientId, invoiceId },
    })
  }
  await keep(
    tx,
    taken.filter(({ minor }) => minor > 0n),
  )
}

async function keep(tx: Tx, taken: readonly { id: string; minor: bigint; movement: Movement }[]): Promise<void> {
  if (taken.length === 0) return
  const withdrawalId = newId()
  await tx.run(sql`
    update credit_applications c set withdrawn_minor = c.withdrawn_minor + s.minor, revision_id = ${withdrawalId}
    from unnest(${taken.map(({ id }) => id)}::uuid[], ${taken.map(({ minor }) => minor)}::bigint[]) as s (id, minor)
    where c.tenant_id = ${tx.tenantId} and c.id = s.id`)
  const at = now()
  const { timeZone } = await getTenant(tx)
  const cause = { kind: 'credit.withdrawn' as const, id: withdrawalId }
  const movements = taken.map(({ movement }) => movement)
  await record(tx, [{ cause, happenedAt: at, bookedOn: todayIn(timeZone, at), movements }])
  await announce(tx, { kind: 'credit.withdrawn', withdrawalId }, withdrawalId)
}

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b
}
