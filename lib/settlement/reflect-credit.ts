import 'server-only'
import type { PlainDate } from '@/lib/base/clock'
import type { Tx } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { loadConnection } from '@/lib/connectors/connection'
import { systemName } from '@/lib/connectors/system-name'
import { announce } from '@/lib/events/announce'
import { raise, settle } from '@/lib/events/exception'
import { formatMoney } from '@/lib/money/format'
import { money } from '@/lib/money/money'
import { planWriteBacks } from './plan-write-backs'

type Applied = {
  invoiceId: string
  number: string
  clientId: string
  currency: string
  appliedOn: PlainDate
  minor: bigint
  /** The part that is money of ours, for the PSA to be told as a payment. */
  ours: bigint
}

/**
 * Brings applied credit to the PSA and the books, as far as they can be told. Money that came through us and was kept
 * reaches the PSA as a payment on the invoice it now pays. A credit memo can be applied only there, and a payment in the
 * books only by hand: the invoice gets a note, and a person the task.
 */
export async function reflectApplied(tx: Tx, orderId: string): Promise<void> {
  const sources = await tx.rows<{ id: string }>(sql`
    select distinct source_attempt_id as id from credit_applications
    where tenant_id = ${tx.tenantId} and order_id = ${orderId} and source_attempt_id is not null order by 1`)
  for (const { id } of sources) await planWriteBacks(tx, id)
  const applied = await tx.rows<Applied>(sql`
    select c.invoice_id, i.number, c.client_id, c.currency, min(c.applied_on) as applied_on, sum(c.amount_minor)::bigint as minor,
      coalesce(sum(c.amount_minor) filter (where c.source_attempt_id is not null), 0)::bigint as ours
    from credit_applications c join invoices i on i.tenant_id = c.tenant_id and i.id = c.invoice_id
    where c.tenant_id = ${tx.tenantId} and c.order_id = ${orderId} group by c.invoice_id, i.number, c.client_id, c.currency order by i.number`)
  const psa = await loadConnection(tx, 'psa')
  const books = await loadConnection(tx, 'accounting')
  for (const one of applied) {
    const { invoiceId, number, clientId, currency, appliedOn, minor, ours } = one
    const words = (amount: bigint) => formatMoney(money(amount, currency), 'en-US')
    const theirs = minor - ours
    if (theirs > 0n) {
      const text = `${appliedOn} The client paid ${words(theirs)} of this invoice with credit. Apply the credit here too.`
      await announce(tx, { kind: 'note.due', invoiceId, text }, `credit:${orderId}:${invoiceId}`)
    }
    const places = [
      ...(theirs > 0n && psa !== undefined ? [systemName(psa)] : []),
      ...(books === undefined ? [] : [systemName(books)]),
    ]
    if (places.length === 0) continue
    await raise(tx, {
      cause: 'credit-to-apply',
      subject: { kind: 'invoice', id: invoiceId },
      clientId,
      amount: money(minor, currency),
      detail: `The client used ${words(minor)} of credit on invoice ${number}.`,
      nextStep: `Apply the same credit to the invoice in ${places.join(' and ')}.`,
    })
  }
}

/** Credit that is no more there: its payments in the PSA are lowered, and whoever looks after the invoice is told. */
export async function reflectWithdrawn(tx: Tx, withdrawalId: string): Promise<void> {
  const sources = await tx.rows<{ id: string }>(sql`
    select distinct source_attempt_id as id from credit_applications
    where tenant_id = ${tx.tenantId} and revision_id = ${withdrawalId} and source_attempt_id is not null order by 1`)
  for (const { id } of sources) await planWriteBacks(tx, id)
  const opened = await tx.rows<Pick<Applied, 'invoiceId' | 'number' | 'clientId' | 'currency' | 'minor'>>(sql`
    select l.invoice_id, i.number, i.client_id, l.currency, sum(l.amount_minor)::bigint as minor
    from journal_entries e join journal_lines l on l.tenant_id = e.tenant_id and l.entry_id = e.id
    join invoices i on i.tenant_id = l.tenant_id and i.id = l.invoice_id
    where e.tenant_id = ${tx.tenantId} and e.cause_kind = 'credit.withdrawn' and e.cause_id = ${withdrawalId}
    group by l.invoice_id, i.number, i.client_id, l.currency order by i.number`)
  for (const { invoiceId, number, clientId, currency, minor } of opened) {
    const amount = money(minor, currency)
    const text = `Credit of ${formatMoney(amount, 'en-US')} that had paid part of this invoice is no more there. That part is open again.`
    await announce(tx, { kind: 'note.due', invoiceId, text }, `credit-gone:${withdrawalId}:${invoiceId}`)
    await settle(tx, 'credit-to-apply', invoiceId)
    await raise(tx, {
      cause: 'credit-gone',
      subject: { kind: 'invoice', id: invoiceId },
      clientId,
      amount,
      detail: `${formatMoney(amount, 'en-US')} of credit on invoice ${number} was refunded, taken back or used up elsewhere.`,
      nextStep: 'The invoice is open again by that amount. Tell the client, and take the credit off it in the books.',
    })
  }
}
