import 'server-only'
import { type Actor, actorName } from '@/lib/access/actor'
import { now, todayIn } from '@/lib/base/clock'
import type { Tx } from '@/lib/base/db'
import { faultPoint } from '@/lib/base/fault-point'
import { kept } from '@/lib/base/sql'
import { applyCredit, usableCredit } from '@/lib/billing/apply-credit'
import { type Money, money } from '@/lib/money/money'
import { audit } from '@/lib/tenancy/audit'
import type { AuditAction } from '@/lib/tenancy/audit-actions'
import { getTenant } from '@/lib/tenancy/queries'
import { replaceScheduled } from './change-scheduled'
import { type LockedInvoice, lockPayables } from './lock-payables'
import { type ChargedMethod, methodToCharge } from './method-to-charge'
import { anyAmount, payRulesOf } from './pay-rules'
import { type OrderPlan, planOrder } from './plan-order'
import type { Order, PaymentRefusal, Where } from './result'
import { noteShortPay } from './short-pay'

export type Opened =
  | { do: 'charge'; amount: Money; description: string; clientId: string; numbers: string[]; method?: ChargedMethod }
  /** Credit paid everything; there was nothing to charge. */
  | { do: 'covered' }
  /** The same order was placed before: its attempt is the answer. */
  | { do: 'follow'; attemptId: string }
  | { do: 'refuse'; because: Exclude<PaymentRefusal, 'declined' | 'unreachable' | 'busy'> }

/**
 * Writes the intent to charge, before anybody is asked to: locks the invoices, checks what is still free to pay and what
 * the MSP allows, and leaves the attempt as `sent`, holding invoices and credit. Where credit covers everything, it is
 * applied at once and nothing is charged.
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
  const [before, payables] = await Promise.all([
    placedBefore(tx, actor, order.orderKey, wanted),
    lockPayables(tx, actor, wanted),
  ])
  if (before !== undefined) return before
  if (wanted.length === 0 || wanted.length !== order.invoices.length) return { do: 'refuse', because: 'form' }
  // Whoever held the invoices may have placed this very order.
  if (!payables.ok)
    return (await placedBefore(tx, actor, order.orderKey, wanted)) ?? { do: 'refuse', because: payables.because }
  const { invoices } = payables
  const [{ clientId, currency }] = invoices
  const planned = await planOf(tx, actor, order, invoices)
  if (!('shares' in planned)) return planned

  const scheduled = invoices.filter(({ isScheduled }) => isScheduled).map(({ id }) => id)
  if (scheduled.length > 0 && order.replacesScheduled !== true) return { do: 'refuse', because: 'scheduled' }
  const method =
    order.methodId === undefined ? undefined : await methodToCharge(tx, actor, order.methodId, clientId, account)
  if (order.methodId !== undefined && method === undefined) return { do: 'refuse', because: 'method-gone' }
  const hasSource = order.confirmationTokenId !== undefined || method !== undefined || order.debit !== undefined
  if (planned.chargeMinor > 0n && !hasSource) return { do: 'refuse', because: 'changed' }
  if (order.debit !== undefined && !(currency === 'CAD' && (await getTenant(tx)).settings.acceptPads))
    return { do: 'refuse', because: 'changed' }
  if (scheduled.length > 0) await replaceScheduled(tx, scheduled)
  const at = now()
  const amount = money(planned.chargeMinor, currency)
  if (amount.minor === 0n) {
    const { timeZone } = await getTenant(tx)
    const bookedOn = todayIn(timeZone, at)
    await applyCredit(tx, { clientId, currency, orderId: order.orderKey, shares: planned.shares, bookedOn })
    for (const { invoiceId, shortReason } of order.invoices)
      await noteShortPay(tx, { orderId: order.orderKey, invoiceId, shortReason, currency, on: bookedOn })
    await tell(tx, actor, order, where, money(planned.creditMinor, currency), 'credit.used')
    await faultPoint('credit.applied')
    return { do: 'covered' }
  }
  const reasons = new Map(order.invoices.map(({ invoiceId, shortReason }) => [invoiceId, shortReason ?? null]))
  const versions = new Map(invoices.map(({ id, version }) => [id, version]))
  const rows = planned.shares.map((share) => ({
    ...share,
    version: versions.get(share.invoiceId) ?? 0,
    reason: share.leftMinor > 0n ? (reasons.get(share.invoiceId) ?? null) : null,
  }))
  await Promise.all([
    // The key is in use from here on, whether or not the call gets out: it is written as sent, and only asking ends that.
    tx.run(
      kept`
    insert into attempts (tenant_id, id, client_id, account, state, amount_minor, currency, origin, actor_id, confirmation_token_id, receipt_email, locale, method_id, payment_method_id, stripe_mandate_id, customer_id, saves, method_type, method_label, created_at, state_at, sent_at)
    values (${tx.tenantId}, ${order.orderKey}, ${clientId}, ${account}, 'sent', ${amount.minor}, ${currency}, ${where.origin},
      ${actorName(actor).id ?? null}, ${order.confirmationTokenId ?? null}, ${order.receiptEmail ?? null}, ${where.locale},
      ${method?.id ?? null}, ${method?.paymentMethodId ?? null}, ${method?.mandateId ?? null}, ${method?.customerId ?? customerId ?? null}, ${customerId !== undefined},
      ${method?.type ?? order.debit ?? null}, ${method?.label ?? null}, ${at}, ${at}, ${at})`,
    ),
    tx.run(
      kept`
    insert into allocations (tenant_id, attempt_id, invoice_id, amount_minor, credit_minor, invoice_version, short_reason, in_flight)
    select ${tx.tenantId}, ${order.orderKey}, s.id, s.minor, s.credit, s.version, s.reason, true
    from unnest(${rows.map(({ invoiceId }) => invoiceId)}::uuid[], ${rows.map(({ minor, creditMinor }) => minor - creditMinor)}::bigint[],
      ${rows.map(({ creditMinor }) => creditMinor)}::bigint[], ${rows.map(({ version }) => version)}::int[],
      ${rows.map(({ reason }) => reason)}::text[]) as s(id, minor, credit, version, reason)`,
    ),
    tell(tx, actor, order, where, amount, 'payment.authorized'),
  ])
  await faultPoint('attempt.opened')
  const numbers = invoices.map(({ number }) => number)
  const what = { amount, numbers, clientId, description: describe(numbers) }
  return { do: 'charge', ...what, ...(method === undefined ? {} : { method }) }
}

/** A second press, a second tab, a reload: the same order for the same invoices leads to what it led to before. */
async function placedBefore(tx: Tx, actor: Actor, orderKey: string, wanted: string[]): Promise<Opened | undefined> {
  const known = await tx.row<{ clientId: string; isCovered: boolean; invoiceIds: string[] }>(
    kept`
    select a.client_id, false as is_covered, array(select invoice_id::text from allocations l where l.tenant_id = ${tx.tenantId} and l.attempt_id = a.id order by 1) as invoice_ids
    from attempts a where a.tenant_id = ${tx.tenantId} and a.id = ${orderKey}
    union all
    select c.client_id, true, array_agg(distinct c.invoice_id::text order by c.invoice_id::text) from credit_applications c
    where c.tenant_id = ${tx.tenantId} and c.order_id = ${orderKey}
      and not exists (select 1 from attempts a where a.tenant_id = ${tx.tenantId} and a.id = ${orderKey})
    group by c.client_id`,
  )
  if (known === undefined) return undefined
  const isTheirs = !('clientId' in actor) || actor.clientId === known.clientId
  if (known.invoiceIds.join() !== wanted.join() || !isTheirs) return { do: 'refuse', because: 'form' }
  return known.isCovered ? { do: 'covered' } : { do: 'follow', attemptId: orderKey }
}

/** What is charged, held against what is owed, allowed and free now. */
async function planOf(
  tx: Tx,
  actor: Actor,
  order: Order,
  invoices: readonly LockedInvoice[],
): Promise<OrderPlan | Extract<Opened, { do: 'refuse' }>> {
  const { creditMinor = 0n, keptMinor = 0n } = order
  const asked = new Map(order.invoices.map(({ invoiceId, amountMinor }) => [invoiceId, amountMinor]))
  const amounts = new Map(invoices.map(({ id, payableMinor }) => [id, asked.get(id) ?? payableMinor]))
  if ([...amounts.values(), creditMinor + 1n, keptMinor + 1n].some((minor) => minor <= 0n))
    return { do: 'refuse', because: 'form' }
  if (invoices.some(({ id, payableMinor }) => (amounts.get(id) ?? 0n) > payableMinor))
    return { do: 'refuse', because: 'changed' }
  const isFree = actor.kind === 'system' || actor.kind === 'staff'
  const settings = isFree ? undefined : (await getTenant(tx)).settings
  const rules = settings === undefined ? anyAmount : payRulesOf(settings)
  if (keptMinor > 0n && !rules.keepsMore) return { do: 'refuse', because: 'form' }
  const [first] = invoices
  if (creditMinor > 0n && first !== undefined) {
    const { clientId, currency } = first
    const free = await usableCredit(tx, clientId, currency, settings ?? { useCreditMemos: true })
    if (free < creditMinor) return { do: 'refuse', because: 'changed' }
  }
  const planned = planOrder(invoices, { by: 'invoice', amounts }, creditMinor, rules)
  if (!planned.ok) return { do: 'refuse', because: 'form' }
  const { plan } = planned
  if (plan.creditMinor !== creditMinor) return { do: 'refuse', because: 'changed' }
  const isSilent = ({ invoiceId, leftMinor }: OrderPlan['shares'][number]) =>
    leftMinor > 0n && !order.invoices.some((one) => one.invoiceId === invoiceId && one.shortReason !== undefined)
  if (!isFree && plan.shares.some(isSilent)) return { do: 'refuse', because: 'form' }
  return { ...plan, keptMinor, chargeMinor: plan.chargeMinor + keptMinor }
}

async function tell(tx: Tx, actor: Actor, { orderKey }: Order, where: Where, amount: Money, what: AuditAction) {
  const { ip, userAgent, locale } = where
  const details = {
    amountMinor: amount.minor,
    currency: amount.currency,
    ip,
    userAgent: userAgent.slice(0, 200),
    locale,
  }
  await audit(tx, actorName(actor), what, { kind: 'attempt', id: orderKey }, details)
}

/** What the payer reads at Stripe and on the receipt. */
export function describe(numbers: string[]): string {
  const shown = numbers.slice(0, 8).join(', ')
  const more = numbers.length > 8 ? ` and ${numbers.length - 8} more` : ''
  return `${numbers.length === 1 ? 'Invoice' : 'Invoices'} ${shown}${more}`
}
