import 'server-only'
import { todayIn } from '@/lib/base/clock'
import type { Tx } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { billingContact } from '@/lib/billing/queries'
import { readWording } from '@/lib/mail/keep-wording'
import { queueMessage } from '@/lib/mail/queue-message'
import { autopayStarted } from '@/lib/mail/templates/autopay-started'
import { getTenant } from '@/lib/tenancy/queries'
import { tenantAddress } from '@/lib/tenancy/tenant-address'
import { localeOf } from '@/messages/words'

/**
 * A standing consent was given: its copy goes to whoever gave it, and to the billing contact where that is somebody
 * else, who must not hear of it from the bank.
 */
export async function tellAutopayStarted(tx: Tx, autopayId: string): Promise<void> {
  const given = await tx.row<Given>(sql`
    select e.client_id, c.name as client_name, e.notice_email, e.locale, d.text, m.label
    from autopays e join mandates d on d.tenant_id = e.tenant_id and d.id = e.mandate_id
    join clients c on c.tenant_id = e.tenant_id and c.id = e.client_id
    join methods m on m.tenant_id = e.tenant_id and m.id = e.method_id
    where e.tenant_id = ${tx.tenantId} and e.id = ${autopayId}`)
  if (given !== undefined) await mailCopy(tx, given, `autopay:${autopayId}`)
}

/** The same for one that was given for a single agreement, to whoever gave it at a client. */
export async function tellAgreementAuthorized(tx: Tx, agreementId: string, mandateId: string): Promise<void> {
  const given = await tx.row<Given>(sql`
    select d.client_id, c.name as client_name, p.email as notice_email, d.language as locale, d.text, m.label, g.name as agreement
    from mandates d
    join agreements g on g.tenant_id = d.tenant_id and g.id = ${agreementId}
    join clients c on c.tenant_id = d.tenant_id and c.id = d.client_id
    join methods m on m.tenant_id = d.tenant_id and m.id = d.method_id
    left join contacts p on p.tenant_id = d.tenant_id and p.id::text = d.given_by_id
    where d.tenant_id = ${tx.tenantId} and d.id = ${mandateId}`)
  if (given !== undefined) await mailCopy(tx, given, `agreement:${mandateId}`)
}

type Given = {
  clientId: string
  clientName: string
  noticeEmail: string | null
  locale: string
  text: string
  label: string
  /** Of one that was given for a single agreement. */
  agreement?: string
}

async function mailCopy(tx: Tx, given: Given, key: string): Promise<void> {
  const { clientId, clientName, noticeEmail, text, label, agreement } = given
  const [tenant, contact] = [await getTenant(tx), await billingContact(tx, clientId)]
  const locale = localeOf(given.locale, tenant.locale)
  const wording = await readWording(tx, 'autopay_started', locale)
  const readers = new Set([noticeEmail ?? undefined, contact?.email].filter((to) => to !== undefined))
  for (const to of readers) {
    const mail = await autopayStarted({
      ...{ sender: tenant, locale, today: todayIn(tenant.timeZone), wording },
      ...{ clientName, methodLabel: label, consent: text },
      ...(agreement === undefined ? {} : { agreement }),
      ...(contact?.email === to ? { recipient: contact.name } : {}),
      url: `${await tenantAddress(tx)}/methods`,
    })
    await queueMessage(tx, {
      key: `${key}:${to}`,
      kind: 'autopay_started',
      to,
      locale,
      clientId,
      ...mail,
    })
  }
}
