import 'server-only'
import { type Actor, actorName, maySeeInvoice } from '@/lib/access/actor'
import { now } from '@/lib/base/clock'
import type { Tx } from '@/lib/base/db'
import { faultPoint } from '@/lib/base/fault-point'
import { kept } from '@/lib/base/sql'
import { type Money, money } from '@/lib/money/money'
import { audit } from '@/lib/tenancy/audit'
import type { AttemptState } from './attempt'
import { replaceScheduled } from './change-scheduled'
import { type ChargedMethod, methodToCharge } from './method-to-charge'
import type { Order, Where } from './result'

export type Opened =
  | { do: 'charge'; amount: Money; description: string; clientId: string; numbers: string[]; method?: ChargedMethod }
  /** The same order was placed before: its attempt is the answer. */
  | { do: 'follow'; attemptId: string }
  | {
      do: 'refuse'
      because: 'already-paid' | 'on-its-way' | 'scheduled' | 'void' | 'changed' | 'not-allowed' | 'method-gone' | 'form'
    }

type LockedInvoice = {
  id: string
  clientId: string
  number: string
  kind: string
  state: string
  currency: string
  balanceMinor: bigint
  version: number
  holder: string | null
  isScheduled: boolean
}

/**
 * Writes the intent to charge, before anybody is asked to: locks the invoices (in the order of their ids, so that two
 * payers never wait for each other), checks what is still free to pay, and leaves the attempt as `sent`, holding them.
 * @param customerId set when what is charged is to be saved: under whom
 */
export async function openAttempt(
  tx: Tx,
  actor: Actor,
  order: Order,
  where: Where,
  account: string,
  customerId?: string,
): Promise<Opened> {
  const wanted = [...new Set(order.invoices.map(({ invoiceId }) => invoiceId))].sort()
  const [known, invoices] = await Promise.all([
    tx.row<{ clientId: string; state: AttemptState; invoiceIds: string[] }>(
      kept`
    select a.client_id, a.state, array(select invoice_id::text from allocations l where l.tenant_id = ${tx.tenantId} and l.attempt_id = a.id order by 1) as invoice_ids
    from attempts a where a.tenant_id = ${tx.tenantId} and a.id = ${order.orderKey}`,
    ),
    tx.rows<LockedInvoice>(
      kept`
    select i.id, i.client_id, i.number, i.kind, i.state, i.currency, i.balance_minor, i.version,
      (select l.attempt_id::text from allocations l where l.tenant_id = ${tx.tenantId} and l.invoice_id = i.id and l.in_flight) as holder,
      exists (select 1 from scheduled_parts p where p.tenant_id = ${tx.tenantId} and p.invoice_id = i.id and p.is_open) as is_scheduled
    from invoices i where i.tenant_id = ${tx.tenantId} and i.id = any(${wanted}::uuid[]) order by i.id for update of i`,
    ),
  ])
  if (known !== undefined) {
    const isSame =
      known.invoiceIds.join() === wanted.join() && (!('clientId' in actor) || actor.clientId === known.clientId)
    return isSame ? { do: 'follow', attemptId: order.orderKey } : { do: 'refuse', because: 'form' }
  }
  if (wanted.length === 0 || wanted.length !== order.invoices.length) return { do: 'refuse', because: 'form' }

  const [first] = invoices
  if (first === undefined || invoices.length !== wanted.length) return { do: 'refuse', because: 'not-allowed' }
  if (
    invoices.some(
      (invoice) =>
        !maySeeInvoice(actor, invoice) || invoice.clientId !== first.clientId || invoice.currency !== first.currency,
    )
  )
    return { do: 'refuse', because: 'not-allowed' }
  if (invoices.some(({ holder }) => holder !== null)) return { do: 'refuse', because: 'on-its-way' }
  const scheduled = invoices.filter(({ isScheduled }) => isScheduled).map(({ id }) => id)
  if (scheduled.length > 0 && order.replacesScheduled !== true) return { do: 'refuse', because: 'scheduled' }
  if (invoices.some(({ state }) => state === 'void')) return { do: 'refuse', because: 'void' }
  if (invoices.some(({ kind, balanceMinor }) => kind !== 'invoice' || balanceMinor <= 0n))
    return { do: 'refuse', because: 'already-paid' }

  const shares = invoices.map((invoice) => {
    const asked = order.invoices.find(({ invoiceId }) => invoiceId === invoice.id)?.amountMinor
    return { invoice, minor: asked ?? invoice.balanceMinor }
  })
  if (shares.some(({ minor }) => minor <= 0n)) return { do: 'refuse', because: 'form' }
  if (shares.some(({ invoice, minor }) => minor > invoice.balanceMinor)) return { do: 'refuse', because: 'changed' }

  const method =
    order.methodId === undefined ? undefined : await methodToCharge(tx, actor, order.methodId, first.clientId, account)
  if (order.methodId !== undefined && method === undefined) return { do: 'refuse', because: 'method-gone' }

  const amount = money(
    shares.reduce((sum, { minor }) => sum + minor, 0n),
    first.currency,
  )
  if (scheduled.length > 0) await replaceScheduled(tx, scheduled)
  const at = now()
  await Promise.all([
    // The key is in use from here on, whether or not the call gets out: it is written as sent, and only asking ends that.
    tx.run(
      kept`
    insert into attempts (tenant_id, id, client_id, account, state, amount_minor, currency, origin, actor_id, confirmation_token_id, receipt_email, locale, method_id, payment_method_id, stripe_mandate_id, customer_id, saves, method_type, method_label, created_at, state_at, sent_at)
    values (${tx.tenantId}, ${order.orderKey}, ${first.clientId}, ${account}, 'sent', ${amount.minor}, ${amount.currency}, ${where.origin},
      ${actorName(actor).id ?? null}, ${order.confirmationTokenId ?? null}, ${order.receiptEmail ?? null}, ${where.locale},
      ${method?.id ?? null}, ${method?.paymentMethodId ?? null}, ${method?.mandateId ?? null}, ${method?.customerId ?? customerId ?? null}, ${customerId !== undefined},
      ${method?.type ?? null}, ${method?.label ?? null}, ${at}, ${at}, ${at})`,
    ),
    tx.run(
      kept`
    insert into allocations (tenant_id, attempt_id, invoice_id, amount_minor, invoice_version, in_flight)
    select ${tx.tenantId}, ${order.orderKey}, s.id, s.minor, s.version, true
    from unnest(${shares.map(({ invoice }) => invoice.id)}::uuid[], ${shares.map(({ minor }) => minor)}::bigint[], ${shares.map(({ invoice }) => invoice.version)}::int[]) as s(id, minor, version)`,
    ),
    audit(
      tx,
      actorName(actor),
      'payment.authorized',
      { kind: 'attempt', id: order.orderKey },
      {
        amountMinor: amount.minor,
        currency: amount.currency,
        ip: where.ip,
        userAgent: where.userAgent.slice(0, 200),
        locale: where.locale,
      },
    ),
  ])
  await faultPoint('attempt.opened')
  const numbers = invoices.map(({ number }) => number)
  const what = { amount, numbers, clientId: first.clientId, description: describe(numbers) }
  return { do: 'charge', ...what, ...(method === undefined ? {} : { method }) }
}

/** What the payer reads at Stripe and on the receipt. */
export function describe(numbers: string[]): string {
  const shown = numbers.slice(0, 8).join(', ')
  const more = numbers.length > 8 ? ` and ${numbers.length - 8} more` : ''
  return `${numbers.length === 1 ? 'Invoice' : 'Invoices'} ${shown}${more}`
}
