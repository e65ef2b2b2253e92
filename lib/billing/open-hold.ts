import 'server-only'
import { type Actor, actorName, mayAct, maySeeInvoice } from '@/lib/access/actor'
import { now, todayIn } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { Fault } from '@/lib/base/fault'
import { isId, newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { announce } from '@/lib/events/announce'
import { raise } from '@/lib/events/exception'
import { formatMoney } from '@/lib/money/format'
import { money } from '@/lib/money/money'
import { readAmount } from '@/lib/money/read-amount'
import { audit } from '@/lib/tenancy/audit'
import { getTenant } from '@/lib/tenancy/queries'
import { inOneLine } from './in-one-line'

export type HoldAsked = {
  invoiceId: string
  /** What it is about, in the words of whoever asks. */
  reason: string
  /** As typed; empty for the line, or for all that is still free. */
  amount: string
  /** The line it is about, of this version of the invoice. */
  line?: { version: number; position: number }
}
export type HoldOpened =
  | { ok: true; holdId: string }
  | { ok: false; because: 'no-reason' | 'amount' | 'nothing-open' | 'changed' | 'off' }

/**
 * Puts an amount of an invoice on hold, with the reason: it is not payable and not chased until staff close it. The PSA
 * gets a note, and where a client asks, a person gets the question.
 * @throws Fault not-found also when the invoice is another client's
 */
export async function openHold(actor: Actor, asked: HoldAsked): Promise<HoldOpened> {
  const reason = inOneLine(asked.reason)
  if (reason === '') return { ok: false, because: 'no-reason' }
  return withTenant(actor.tenantId, async (tx) => {
    const invoice = isId(asked.invoiceId)
      ? await tx.row<{ id: string; clientId: string; number: string; currency: string; freeMinor: bigint }>(sql`
          select i.id, i.client_id, i.number, i.currency, i.balance_minor - coalesce((
            select sum(h.amount_minor) from invoice_holds h
            where h.tenant_id = i.tenant_id and h.invoice_id = i.id and h.closed_at is null), 0)::bigint as free_minor
          from invoices i where i.tenant_id = ${tx.tenantId} and i.id = ${asked.invoiceId} and i.kind = 'invoice' for update of i`)
      : undefined
    if (invoice === undefined || !mayAct(actor) || !maySeeInvoice(actor, invoice))
      throw new Fault('not-found', 'No such invoice')
    const { timeZone, settings } = await getTenant(tx)
    if (actor.kind !== 'staff' && !settings.portal.questions) return { ok: false, because: 'off' }
    const line = asked.line === undefined ? undefined : await readLine(tx, invoice.id, asked.line)
    if (asked.line !== undefined && line === undefined) return { ok: false, because: 'changed' }
    if (invoice.freeMinor <= 0n) return { ok: false, because: 'nothing-open' }
    const whole = line === undefined ? invoice.freeMinor : heldForLine(line.amountMinor, invoice.freeMinor)
    const minor = asked.amount.trim() === '' ? whole : readAmount(asked.amount, invoice.currency)
    if (minor === undefined || minor <= 0n || minor > invoice.freeMinor) return { ok: false, because: 'amount' }
    const holdId = newId()
    const at = now()
    const by = actorName(actor)
    await tx.run(sql`
      insert into invoice_holds (tenant_id, id, invoice_id, amount_minor, reason, opened_by, actor_id, opened_at, line_version, line_position)
      values (${tx.tenantId}, ${holdId}, ${invoice.id}, ${minor}, ${reason}, ${by.kind}, ${by.id ?? null}, ${at},
        ${asked.line?.version ?? null}, ${asked.line?.position ?? null})`)
    const amount = money(minor, invoice.currency)
    const words = formatMoney(amount, 'en-US')
    const isClient = by.kind !== 'staff'
    const about = line === undefined ? '' : ` It is about the line "${line.description}".`
    const text = `${todayIn(timeZone, at)} ${words} of this invoice is on hold.${about} ${isClient ? 'The client asks' : 'Reason'}: ${reason}`
    await announce(tx, { kind: 'note.due', invoiceId: invoice.id, text }, `hold:${holdId}`)
    if (isClient)
      await raise(tx, {
        cause: 'question',
        subject: { kind: 'invoice', id: invoice.id },
        clientId: invoice.clientId,
        amount,
        detail: `About invoice ${invoice.number}, ${line === undefined ? '' : `${line.description}, `}${words}: ${reason}`,
        nextStep: 'Answer the client, then close the question on the invoice.',
      })
    await audit(tx, by, 'invoice.held', { kind: 'invoice', id: invoice.id }, { holdId, amountMinor: minor, reason })
    return { ok: true, holdId }
  })
}

type Line = { description: string; amountMinor: bigint }

/** Only of the version that is in force: what was asked about another is read again first. */
function readLine(tx: Tx, invoiceId: string, at: { version: number; position: number }): Promise<Line | undefined> {
  return tx.row<Line>(sql`
    select l.description, l.amount_minor from invoice_lines l
    join invoices i on i.tenant_id = l.tenant_id and i.id = l.invoice_id and i.version = l.version
    where l.tenant_id = ${tx.tenantId} and l.invoice_id = ${invoiceId} and l.version = ${at.version} and l.position = ${at.position}`)
}

/** What waits while a line is asked about: the line, as far as that much is open. A line that costs nothing holds all of it. */
export function heldForLine(lineMinor: bigint, freeMinor: bigint): bigint {
  return lineMinor > 0n && lineMinor < freeMinor ? lineMinor : freeMinor
}
