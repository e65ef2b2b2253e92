import 'server-only'
import { todayIn } from '@/lib/base/clock'
import type { Tx } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { billingContact } from '@/lib/billing/queries'
import { linkPlace } from '@/lib/mail/link-place'
import { queueMessage } from '@/lib/mail/queue-message'
import { questionAnswered } from '@/lib/mail/templates/question-answered'
import { money } from '@/lib/money/money'
import { getTenant } from '@/lib/tenancy/queries'
import { tenantAddress } from '@/lib/tenancy/tenant-address'
import { localeOf } from '@/messages/words'

/**
 * Staff have said something about what is on hold: whoever asked is told, once for each thing that is said.
 * @param messageId what was said; nothing for the word that closed it
 */
export async function tellAnswer(tx: Tx, holdId: string, messageId?: string): Promise<void> {
  const hold = await readHold(tx, holdId)
  if (hold === undefined) return
  const answer = messageId === undefined ? hold.answer : await wordsOf(tx, messageId)
  const isClosed = messageId === undefined
  if (answer === undefined) return
  const tenant = await getTenant(tx)
  const reader = await readerOf(tx, hold)
  if (reader === undefined) return
  const locale = localeOf(reader.locale, tenant.locale)
  const mail = await questionAnswered({
    ...{ sender: tenant, locale, today: todayIn(tenant.timeZone), number: hold.number, isClosed },
    ...(reader.name === undefined ? {} : { recipient: reader.name }),
    amount: money(hold.amountMinor, hold.currency),
    question: hold.reason,
    answer: answer ?? '',
    url: reader.isAtHome ? `${await tenantAddress(tx)}/invoices/${hold.invoiceId}` : linkPlace,
  })
  await queueMessage(tx, {
    key: `answer:${messageId ?? holdId}`,
    ...{ kind: 'question_answered', to: reader.email, locale, clientId: hold.clientId, invoiceId: hold.invoiceId },
    ...mail,
  })
}

type HoldRow = {
  invoiceId: string
  clientId: string
  number: string
  amountMinor: bigint
  currency: string
  reason: string
  answer: string | null
  openedBy: string
  actorId: string | null
}

function readHold(tx: Tx, holdId: string): Promise<HoldRow | undefined> {
  return tx.row<HoldRow>(sql`
    select h.invoice_id, i.client_id, i.number, h.amount_minor, i.currency, h.reason, h.answer, h.opened_by, h.actor_id
    from invoice_holds h join invoices i on i.tenant_id = h.tenant_id and i.id = h.invoice_id
    where h.tenant_id = ${tx.tenantId} and h.id = ${holdId}`)
}

async function wordsOf(tx: Tx, messageId: string): Promise<string | undefined> {
  const row = await tx.row<{ text: string }>(sql`
    select text from hold_messages where tenant_id = ${tx.tenantId} and id = ${messageId}`)
  return row?.text
}

type Reader = { email: string; name?: string; locale: string; isAtHome: boolean }

/** Whoever asked, where they can still be reached; whom mail about the client's invoices goes to otherwise. */
async function readerOf(tx: Tx, { openedBy, actorId, clientId }: HoldRow): Promise<Reader | undefined> {
  const asker =
    openedBy === 'contact'
      ? await tx.row<{ email: string; name: string; locale: string }>(sql`
          select p.email, p.name, coalesce(p.locale, c.locale) as locale
          from contacts p join clients c on c.tenant_id = p.tenant_id and c.id = p.client_id
          where p.tenant_id = ${tx.tenantId} and p.id::text = ${actorId} and p.client_id = ${clientId}
            and p.gone_at is null and p.removed_at is null and p.email is not null`)
      : undefined
  if (asker !== undefined) return { ...asker, isAtHome: true }
  const billing = await billingContact(tx, clientId)
  const sentTo =
    openedBy === 'link'
      ? await tx.row<{ email: string | null }>(sql`
          select sent_to as email from pay_links where tenant_id = ${tx.tenantId} and id::text = ${actorId}`)
      : undefined
  const email = sentTo?.email ?? billing?.email
  if (email === undefined) return undefined
  const locale = billing?.locale ?? ''
  return { email, locale, isAtHome: false, ...(billing?.email === email ? { name: billing.name } : {}) }
}
