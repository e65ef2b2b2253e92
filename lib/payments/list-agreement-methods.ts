import 'server-only'
import { type Actor, isGuest, maySeeClient } from '@/lib/access/actor'
import { type PlainDate, todayIn } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { isId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { getTenant } from '@/lib/tenancy/queries'
import { type AgreementMethod, agreementLives, choiceCounts } from './agreement-method'
import { canCharge } from './method'

const shownMax = 50

/**
 * A client's agreements with what pays each: those in force, and those that ended while a choice was made for them and an
 * invoice of theirs is still open. Whoever holds a mailed link sees none of it.
 */
export async function listAgreementMethods(actor: Actor, clientId: string): Promise<AgreementMethod[]> {
  if (isGuest(actor) || !isId(clientId) || !maySeeClient(actor, clientId)) return []
  return withTenant(actor.tenantId, async (tx) => {
    const today = todayIn((await getTenant(tx)).timeZone)
    const rows = await tx.rows<Row>(sql`
      select g.id as agreement_id, g.name, not ${agreementLives(today)} as is_ended,
        x.method_id, m.label, m.nickname, m.removed_at is not null as is_removed, m.expires_on, m.blocked_reason,
        (select x.autopay_id from mandates d where d.tenant_id = x.tenant_id and d.id = x.mandate_id and d.revoked_at is null) as autopay_id
      from agreements g
      left join agreement_methods x on x.tenant_id = g.tenant_id and x.client_id = g.client_id and x.agreement_id = g.id
      left join methods m on m.tenant_id = x.tenant_id and m.id = x.method_id
      where g.tenant_id = ${tx.tenantId} and g.client_id = ${clientId} and (
        ${agreementLives(today)}
        or (x.method_id is not null and exists (select 1 from invoices i
          where i.tenant_id = g.tenant_id and i.client_id = g.client_id and i.agreement_id = g.id and i.kind = 'invoice' and i.balance_minor > 0)))
      order by is_ended, g.name, g.id limit ${shownMax}`)
    return rows.map((row) => toView(row, today))
  })
}

/**
 * What was chosen for each of these invoices, by id; those without a choice that counts today are left out. Whether it
 * can still be charged is said with the method itself.
 */
export async function chosenForInvoices(
  actor: Actor,
  clientId: string,
  invoiceIds: readonly string[],
): Promise<Map<string, { methodId: string; agreement: string }>> {
  if (isGuest(actor) || !isId(clientId) || !maySeeClient(actor, clientId)) return new Map()
  const rows = await withTenant(actor.tenantId, async (tx) => {
    const today = todayIn((await getTenant(tx)).timeZone)
    return tx.rows<{ id: string; methodId: string; agreement: string }>(sql`
      select i.id, x.method_id, g.name as agreement
      from invoices i
      join agreement_methods x on x.tenant_id = i.tenant_id and x.client_id = i.client_id and x.agreement_id = i.agreement_id
      join agreements g on g.tenant_id = x.tenant_id and g.id = x.agreement_id and ${choiceCounts(today)}
      where i.tenant_id = ${tx.tenantId} and i.client_id = ${clientId} and i.id = any(${invoiceIds.filter(isId)}::uuid[])`)
  })
  return new Map(rows.map(({ id, ...chosen }) => [id, chosen]))
}

type Row = {
  agreementId: string
  name: string
  isEnded: boolean
  methodId: string | null
  label: string | null
  nickname: string | null
  isRemoved: boolean
  expiresOn: PlainDate | null
  blockedReason: string | null
  autopayId: string | null
}

function toView(row: Row, today: PlainDate): AgreementMethod {
  const { agreementId, name, isEnded, methodId, label, nickname, isRemoved, expiresOn, blockedReason, autopayId } = row
  if (methodId === null || label === null) return { agreementId, name, isEnded }
  const standing = { ...(expiresOn && { expiresOn }), ...(blockedReason && { blockedReason }) }
  const isGone = isRemoved || !canCharge(standing, today)
  return {
    ...{ agreementId, name, isEnded },
    chosen: { methodId, label, isGone, ...(nickname && { nickname }), ...(autopayId && { autopayId }) },
  }
}
