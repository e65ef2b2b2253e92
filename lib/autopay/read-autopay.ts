import 'server-only'
import { type Actor, isGuest, maySeeClient } from '@/lib/access/actor'
import { type PlainDate, todayIn } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { isId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { money } from '@/lib/money/money'
import { type ConsentKind, noticeDaysOf } from '@/lib/payments/consent'
import { canCharge, type MethodType } from '@/lib/payments/method'
import { getTenant } from '@/lib/tenancy/queries'
import type { AutopayNext, AutopayView } from './autopay'
import { decideCovered } from './decide-covered'

const shownMax = 12

/** A client's standing consent, with what it will charge next and why not. Whoever holds a mailed link sees none of it. */
export async function readAutopay(actor: Actor, clientId: string): Promise<AutopayView | undefined> {
  if (isGuest(actor) || !isId(clientId) || !maySeeClient(actor, clientId)) return undefined
  return withTenant(actor.tenantId, async (tx) => {
    const today = todayIn((await getTenant(tx)).timeZone)
    const row = await readLive(tx, clientId)
    if (row === undefined) return undefined
    const { capMinor, currency, isRemoved, expiresOn, blockedReason, consentKind, failed, ...rest } = row
    const standing = { ...(expiresOn && { expiresOn }), ...(blockedReason && { blockedReason }) }
    const next = (await decideCovered(tx, { clientId, currency }, today)).flatMap(
      ({ of: one, decision }): AutopayNext[] => {
        if (decision.do === 'stop') return []
        const { invoiceId, number, dueOn, isChosen, methodLabel } = one
        const facts = {
          ...{ invoiceId, number, dueOn, amount: money(one.balanceMinor, one.currency) },
          ...(isChosen ? { method: methodLabel } : {}),
        }
        if (decision.do === 'ask') return [{ ...facts, do: 'ask', because: decision.because }]
        const noticeOn = decision.do === 'wait' ? decision.noticeOn : today
        const { runOn, amountMinor, creditMinor } = decision
        const sums = { amount: money(amountMinor, one.currency), credit: money(creditMinor, one.currency) }
        return [{ ...facts, ...sums, do: 'charge', runOn, noticeOn }]
      },
    )
    return {
      ...rest,
      isMethodGone: isRemoved || !canCharge(standing, today),
      noticeDays: noticeDaysOf(consentKind),
      ...(capMinor === null ? {} : { cap: money(capMinor, currency) }),
      ...(failed === null ? {} : { failed }),
      next: next.slice(0, shownMax),
    }
  })
}

type Row = {
  id: string
  clientId: string
  methodId: string
  methodLabel: string
  methodType: MethodType
  isRemoved: boolean
  expiresOn: PlainDate | null
  blockedReason: string | null
  consentKind: ConsentKind
  capMinor: bigint | null
  currency: string
  sinceOn: PlainDate
  failed: { invoiceId: string; number: string; on: PlainDate } | null
}

/** With its last charge, when that failed or could not be made and the invoice is still open. */
async function readLive(tx: Tx, clientId: string): Promise<Row | undefined> {
  return tx.row<Row>(sql`
    select e.id, e.client_id, e.method_id, m.label as method_label, m.type as method_type, m.removed_at is not null as is_removed,
      m.expires_on, m.blocked_reason, d.kind as consent_kind, e.cap_minor, e.currency, e.since_on,
      (select json_build_object('invoiceId', i.id, 'number', i.number, 'on', l.run_on)
        from (select s.id, s.run_on, s.state, a.state as came_to from scheduled_payments s
            left join attempts a on a.tenant_id = s.tenant_id and a.id = s.attempt_id
            where s.tenant_id = e.tenant_id and s.autopay_id = e.id and s.state in ('started', 'failed')
            order by s.run_on desc, s.id desc limit 1) l
        join scheduled_parts p on p.tenant_id = e.tenant_id and p.schedule_id = l.id
        join invoices i on i.tenant_id = e.tenant_id and i.id = p.invoice_id
        where (l.state = 'failed' or l.came_to in ('failed', 'canceled', 'returned')) and i.state = 'open' and i.balance_minor > 0
        limit 1) as failed
    from autopays e join methods m on m.tenant_id = e.tenant_id and m.id = e.method_id
    join mandates d on d.tenant_id = e.tenant_id and d.id = e.mandate_id
    where e.tenant_id = ${tx.tenantId} and e.client_id = ${clientId} and e.ended_at is null`)
}
