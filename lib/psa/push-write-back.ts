import 'server-only'
import { now } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { Fault } from '@/lib/base/fault'
import { faultPoint } from '@/lib/base/fault-point'
import { sql } from '@/lib/base/sql'
import { externalIdOf } from '@/lib/billing/name-refs'
import { needsReconnect, noteFault } from '@/lib/connectors/connection'
import { ConnectorFault } from '@/lib/connectors/connector-fault'
import type { PaidFact } from '@/lib/connectors/contract'
import { withLease } from '@/lib/connectors/lease'
import { announce } from '@/lib/events/announce'
import { raise, settle } from '@/lib/events/exception'
import { formatMoney } from '@/lib/money/format'
import { money } from '@/lib/money/money'
import { decidePush, type WriteBack } from './decide-push'
import type { OpenPsa } from './open-psa'
import { livePsa } from './registry'

/** `paused`: no PSA is connected, or its credentials are no good; the push goes on when there is one again. */
export type PushOutcome = 'in_step' | 'needs_you' | 'paused'

type Push = { tenantId: string; connectionId: string; psa: OpenPsa; invoiceExternalId: string; writeBackId: string }

/** A push ends in at most look, remove, add; more means that somebody keeps changing the amount. */
const STEPS_MAX = 6

/**
 * Brings the PSA's payment row in step with what the write-back says should stand there: adds it, or when a refund or
 * return lowered the amount, removes it and adds what is left. Safe to repeat after any crash: what is about to be added
 * is written down first, and a row that may be there is looked for before another is added. One push per invoice at a time.
 * @throws ConnectorFault retry or unknown: nothing is lost, call again. Fault not-found
 */
export async function pushWriteBack(tenantId: string, writeBackId: string): Promise<PushOutcome> {
  const opened = await withTenant(tenantId, (tx) => openPush(tx, writeBackId))
  if (typeof opened === 'string') return opened
  const { push, invoiceId } = opened
  const outcome = await withLease(tenantId, `write-back ${invoiceId}`, () =>
    walk(push).catch((fault: unknown) => settleFault(push, fault)),
  )
  if (outcome !== 'busy') return outcome
  throw new ConnectorFault('retry', 'Another push to this invoice is under way', { retryAfterMs: 2_000 })
}

async function openPush(tx: Tx, writeBackId: string): Promise<PushOutcome | { push: Push; invoiceId: string }> {
  const { tenantId } = tx
  const row = await readWriteBack(tx, writeBackId)
  const live = await livePsa(tx)
  if (live === undefined) return 'paused'
  const { connection, psa } = live
  const invoiceExternalId = await externalIdOf(tx, connection.id, 'invoice', row.invoiceId)
  if (invoiceExternalId === undefined)
    return giveUp(tx, row, psa.name, `Invoice ${row.number} does not come from the ${psa.name} that is connected now.`)
  const push = { tenantId, connectionId: connection.id, psa, invoiceExternalId, writeBackId }
  return { push, invoiceId: row.invoiceId }
}

async function walk(push: Push): Promise<PushOutcome> {
  const { tenantId, psa, invoiceExternalId, writeBackId } = push
  for (let steps = 0; steps < STEPS_MAX; steps += 1) {
    const row = await withTenant(tenantId, (tx) => readWriteBack(tx, writeBackId))
    switch (decidePush(row)) {
      case 'done':
        if (await withTenant(tenantId, (tx) => finish(tx, push, row))) return 'in_step'
        break
      case 'look':
        await look(push, row)
        break
      case 'add':
        await add(push, row)
        break
      case 'remove':
        if (psa.reversePayment === undefined)
          throw new ConnectorFault('skip', `${psa.name} cannot remove a payment; a person must do it there.`)
        await psa.reversePayment({ invoiceExternalId, paymentExternalId: row.externalId ?? '' })
        await faultPoint('write_back.removed')
        await withTenant(tenantId, (tx) => forget(tx, push, row))
        break
    }
  }
  throw new ConnectorFault('retry', 'The amount kept changing')
}

/** An earlier try was not heard of again: either its row is there and becomes ours, or it never was. */
async function look(push: Push, row: WriteBack): Promise<void> {
  const { tenantId, psa } = push
  const fact = await withTenant(tenantId, (tx) => factOf(tx, push, row, row.writtenMinor))
  const found = await psa.findPayment(fact)
  await withTenant(tenantId, async (tx) => {
    if (found !== undefined) await adopt(tx, push, row, found.externalId, row.writtenMinor)
    else await unsay(tx, row)
  })
}

async function add(push: Push, row: WriteBack): Promise<void> {
  const { tenantId, psa } = push
  const fact = await withTenant(tenantId, async (tx) => {
    const intended = await tx.run(sql`
      update write_backs set written_minor = ${row.amountMinor}, tries = tries + 1
      where tenant_id = ${tx.tenantId} and id = ${row.id} and external_id is null and written_minor = 0 and amount_minor = ${row.amountMinor}`)
    return intended === 0 ? undefined : factOf(tx, push, row, row.amountMinor)
  })
  if (fact === undefined) return // it changed since it was read
  await faultPoint('write_back.intended')
  try {
    const { externalId } = await psa.pushPayment(fact)
    await faultPoint('write_back.sent')
    await withTenant(tenantId, (tx) => adopt(tx, push, row, externalId, row.amountMinor))
    await faultPoint('write_back.adopted')
  } catch (fault) {
    // Any cure but "unknown" says that nothing happened there.
    if (fault instanceof ConnectorFault && fault.cure !== 'unknown') await withTenant(tenantId, (tx) => unsay(tx, row))
    throw fault
  }
}

async function factOf(
  tx: Tx,
  { connectionId, invoiceExternalId }: Push,
  row: WriteBack,
  minor: bigint,
): Promise<PaidFact> {
  const known = await tx.rows<{ externalId: string }>(sql`
    select external_id from recorded_payments
    where tenant_id = ${tx.tenantId} and connection_id = ${connectionId} and invoice_id = ${row.invoiceId} and gone_at is null`)
  const knownPaymentIds = known.map(({ externalId }) => externalId)
  return { invoiceExternalId, amount: money(minor, row.currency), paidOn: row.paidOn, knownPaymentIds }
}

/** The row stands there: it is ours, and no sync will take it for money from outside. */
async function adopt(tx: Tx, { connectionId }: Push, row: WriteBack, externalId: string, minor: bigint): Promise<void> {
  const kept = await tx.run(sql`
    insert into recorded_payments as known (tenant_id, connection_id, external_id, invoice_id, amount_minor, currency, paid_on, attempt_id, seen_at)
    values (${tx.tenantId}, ${connectionId}, ${externalId}, ${row.invoiceId}, ${minor}, ${row.currency}, ${row.paidOn}, ${row.attemptId}, ${now()})
    on conflict (tenant_id, connection_id, external_id) do update set gone_at = null, seen_at = excluded.seen_at
    where known.attempt_id = excluded.attempt_id and known.invoice_id = excluded.invoice_id`)
  if (kept === 0) throw new ConnectorFault('unknown', `Payment row ${externalId} is accounted for otherwise`)
  await tx.run(sql`
    update write_backs set external_id = ${externalId}, written_minor = ${minor}
    where tenant_id = ${tx.tenantId} and id = ${row.id}`)
}

async function forget(tx: Tx, { connectionId }: Push, row: WriteBack): Promise<void> {
  await unsay(tx, row)
  await tx.run(sql`
    update recorded_payments set gone_at = ${now()}
    where tenant_id = ${tx.tenantId} and connection_id = ${connectionId} and external_id = ${row.externalId} and gone_at is null`)
}

async function unsay(tx: Tx, { id }: WriteBack): Promise<void> {
  await tx.run(sql`
    update write_backs set external_id = null, written_minor = 0, state = 'waiting'
    where tenant_id = ${tx.tenantId} and id = ${id}`)
}

/** Answers false when the amount changed while we were out: there is more to do. */
async function finish(tx: Tx, push: Push, row: WriteBack): Promise<boolean> {
  const done = await tx.row<{ tries: number }>(sql`
    update write_backs set state = 'in_step', error = null, done_at = ${now()}
    where tenant_id = ${tx.tenantId} and id = ${row.id} and amount_minor = ${row.amountMinor} and written_minor = ${row.writtenMinor}
    returning tries`)
  if (done === undefined) return false
  await settle(tx, 'psa-refused', row.id)
  // What the PSA now says is open is read again, so that the tie-out sees both sides as they are.
  const { connectionId, invoiceExternalId: externalId } = push
  const hint = { kind: 'psa.hint', connectionId, entity: 'invoice', externalId, action: 'written-back' } as const
  await announce(tx, hint, `write-back:${row.id}:${done.tries}:${row.writtenMinor}`)
  return true
}

/** Writes down how a push ended that did not succeed. @throws the fault, when trying again is the cure */
async function settleFault({ tenantId, connectionId, psa, writeBackId }: Push, fault: unknown): Promise<PushOutcome> {
  if (!(fault instanceof ConnectorFault)) throw fault
  const { cure, message } = fault
  const outcome = await withTenant(tenantId, async (tx): Promise<PushOutcome | 'again'> => {
    const row = await readWriteBack(tx, writeBackId)
    switch (cure) {
      case 'retry':
      case 'unknown':
        await mark(tx, row, cure === 'retry' ? 'retrying' : 'checking', message)
        await noteFault(tx, connectionId, message)
        return 'again'
      case 'reconnect':
        await mark(tx, row, 'retrying', message)
        await needsReconnect(tx, connectionId, message)
        return 'paused'
      case 'skip':
      case 'stop':
        return giveUp(tx, row, psa.name, message)
    }
  })
  if (outcome === 'again') throw fault
  return outcome
}

async function giveUp(tx: Tx, row: WriteBack, psaName: string, why: string): Promise<'needs_you'> {
  await mark(tx, row, 'needs_you', why)
  const amount = money(row.amountMinor, row.currency)
  await raise(tx, {
    cause: 'psa-refused',
    subject: { kind: 'write_back', id: row.id },
    clientId: row.clientId,
    amount,
    detail: `${formatMoney(amount, 'en-US')} should stand as paid on invoice ${row.number} in ${psaName}, and does not: ${why}`,
    nextStep: `Put it right in ${psaName}, then send it again from here.`,
  })
  return 'needs_you'
}

async function mark(
  tx: Tx,
  row: WriteBack,
  state: 'retrying' | 'checking' | 'needs_you',
  error: string,
): Promise<void> {
  await tx.run(sql`
    update write_backs set state = ${state}, error = ${error.slice(0, 500)} where tenant_id = ${tx.tenantId} and id = ${row.id}`)
}

async function readWriteBack(tx: Tx, id: string): Promise<WriteBack> {
  const row = await tx.row<WriteBack>(sql`
    select w.id, w.attempt_id, w.invoice_id, i.client_id, i.number, w.amount_minor, w.written_minor, w.currency, w.paid_on, w.external_id
    from write_backs w join invoices i on i.tenant_id = w.tenant_id and i.id = w.invoice_id
    where w.tenant_id = ${tx.tenantId} and w.id = ${id}`)
  if (row === undefined) throw new Fault('not-found', `No write-back ${id}`)
  return row
}
