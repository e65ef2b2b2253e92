import 'server-only'
import { readInvoice } from '@/lib/api/read-invoices'
import { readPayment } from '@/lib/api/read-payments'
import { now } from '@/lib/base/clock'
import type { Tx } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { enqueueDelivery } from './enqueue-delivery'
import type { WebhookEventType } from './event-type'

type InvoiceEventType = Extract<WebhookEventType, `invoice.${string}`>
type PaymentEventType = Extract<WebhookEventType, `payment.${string}`>

/** Tells those who asked what happened to an invoice. `key` makes it one event, however often the news is worked. */
export function tellInvoice(tx: Tx, type: InvoiceEventType, invoiceId: string, key: string): Promise<void> {
  return tell(tx, type, key, () => readInvoice(tx, invoiceId))
}

export function tellPayment(tx: Tx, type: PaymentEventType, attemptId: string, key: string): Promise<void> {
  return tell(tx, type, key, () => readPayment(tx, attemptId))
}

/** An invoice of which nothing is left to pay: told once each time it gets there. */
export async function tellInvoicePaid(tx: Tx, invoiceId: string): Promise<void> {
  const invoice = await tx.row<{ settledAt: Date | null }>(sql`
    select settled_at from invoices
    where tenant_id = ${tx.tenantId} and id = ${invoiceId} and kind = 'invoice' and state = 'open' and balance_minor = 0`)
  if (invoice === undefined) return
  await tellInvoice(tx, 'invoice.paid', invoiceId, `${invoiceId}:${invoice.settledAt?.toISOString() ?? ''}`)
}

/** The same for every invoice a payment pays. */
export async function tellInvoicesPaid(tx: Tx, attemptId: string): Promise<void> {
  const rows = await tx.rows<{ invoiceId: string }>(sql`
    select invoice_id from allocations where tenant_id = ${tx.tenantId} and attempt_id = ${attemptId} order by invoice_id`)
  for (const { invoiceId } of rows) await tellInvoicePaid(tx, invoiceId)
}

/** The event is only written where somebody hears it: most MSPs have no program that does. */
async function tell(
  tx: Tx,
  type: WebhookEventType,
  key: string,
  read: () => Promise<object | undefined>,
): Promise<void> {
  const hearing = await tx.rows<{ id: string }>(sql`
    select id from webhook_endpoints
    where tenant_id = ${tx.tenantId} and state = 'on' and ${type} = any(events) order by id`)
  const object = hearing.length === 0 ? undefined : await read()
  if (object === undefined) return
  const eventId = await writeEvent(tx, type, key, object)
  if (eventId === undefined) return
  for (const { id } of hearing) await enqueueDelivery(tx, id, eventId)
}

/** @returns the event's id, or undefined when it was told before */
export async function writeEvent(
  tx: Tx,
  type: WebhookEventType | 'ping',
  key: string,
  object: object,
): Promise<string | undefined> {
  const [id, at] = [newId(), now()]
  const body = JSON.stringify({ id, type, created: at.toISOString(), data: { object } })
  const written = await tx.run(sql`
    insert into webhook_events (tenant_id, id, type, key, body, created_at)
    values (${tx.tenantId}, ${id}, ${type}, ${key}, ${body}, ${at})
    on conflict (tenant_id, type, key) do nothing`)
  return written > 0 ? id : undefined
}
