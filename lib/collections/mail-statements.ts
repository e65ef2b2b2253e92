import 'server-only'
import { contactMayEnter } from '@/lib/access/contact-may-enter'
import { type PlainDate, todayIn } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { env } from '@/lib/base/env'
import { sql } from '@/lib/base/sql'
import { linkPlace, linkUntilPlace } from '@/lib/mail/link-place'
import { type Draft, isAddress } from '@/lib/mail/message'
import { queueMessages } from '@/lib/mail/queue-messages'
import { monthBefore } from '@/lib/mail/statement-month'
import { monthlyStatement } from '@/lib/mail/templates/monthly-statement'
import { type SummedStatement, sumStatements } from '@/lib/reports/sum-statements'
import { getTenant } from '@/lib/tenancy/queries'
import type { Tenant } from '@/lib/tenancy/tenant'
import { tenantAddress } from '@/lib/tenancy/tenant-address'
import { localeOf } from '@/messages/words'

/** So many letters are written in one transaction. */
const batch = 200
const first = '00000000-0000-0000-0000-000000000000'

type Month = { from: PlainDate; to: PlainDate }

/**
 * Mails last month's statement to whoever asked for it, once for each person and month: a round that dies, or another at
 * its side, leaves nothing out and repeats nothing. Every night of a month looks for what its first night missed; the month
 * after, it is too late. Where no mail can leave, none is written: it would go out whenever there is a server again.
 */
export async function mailStatements(tenantId: string): Promise<void> {
  if (env().SMTP_URL === '') return
  const { timeZone } = await withTenant(tenantId, getTenant)
  const today = todayIn(timeZone)
  for (let after: string | undefined = first; after !== undefined; ) {
    const from: string = after
    after = await withTenant(tenantId, (tx) => mailSome(tx, today, from))
  }
}

/** @returns the last one looked at, where there may be more */
async function mailSome(tx: Tx, today: PlainDate, after: string): Promise<string | undefined> {
  const month = monthBefore(today)
  const readers = await readersAfter(tx, month, after)
  const sums = await sumStatements(
    tx,
    readers.map(({ clientId }) => clientId),
    month,
  )
  const letters = readers.flatMap((reader) => {
    const of = sums.get(reader.clientId)
    return of !== undefined && isWorthMailing(of) && isAddress(reader.email) ? [{ reader, of }] : []
  })
  if (letters.length > 0) {
    const facts = { sender: await getTenant(tx), today, month, address: await tenantAddress(tx) }
    await queueMessages(tx, await Promise.all(letters.map(({ reader, of }) => draftFor(reader, of, facts))))
  }
  return readers.length < batch ? undefined : readers.at(-1)?.contactId
}

/** Nothing moved and nothing stands: there is nothing to say. */
function isWorthMailing({ hasMoved, closing }: SummedStatement): boolean {
  return hasMoved || closing.minor !== 0n
}

type Reader = {
  key: string
  contactId: string
  clientId: string
  name: string
  email: string
  locale: string
  /** They may pay, and something is open in the client's currency, which is the statement's. */
  pays: boolean
}

/** Who asked for it in time, may see it, and has not had it yet; in the order in which they are written. */
function readersAfter(tx: Tx, { from }: Month, after: string): Promise<Reader[]> {
  return tx.rows<Reader>(sql`
    select mail.key, p.id as contact_id, p.client_id, p.name, p.email, coalesce(p.locale, c.locale) as locale,
      p.role <> 'viewer' and c.gone_at is null and exists (
        select from invoices i where i.tenant_id = p.tenant_id and i.client_id = p.client_id and i.currency = c.currency
          and i.kind = 'invoice' and i.balance_minor > 0) as pays
    from contacts p join clients c on c.tenant_id = p.tenant_id and c.id = p.client_id
    cross join lateral (select 'monthly_statement:' || p.id || ':' || ${from}::text as key) mail
    where p.tenant_id = ${tx.tenantId} and p.id > ${after} and p.statement_from <= ${from} and p.email is not null
      and ${contactMayEnter}
      and not exists (select from messages m where m.tenant_id = ${tx.tenantId} and m.key = mail.key)
    order by p.id limit ${batch}`)
}

type Facts = { sender: Tenant; today: PlainDate; month: Month; address: string }

async function draftFor(reader: Reader, of: SummedStatement, { address, month, ...facts }: Facts): Promise<Draft> {
  const { key, clientId, name, email, pays } = reader
  const locale = localeOf(reader.locale, facts.sender.locale)
  const mail = await monthlyStatement({
    ...{ ...facts, ...month, ...of, locale, recipient: name },
    url: `${address}/statement?${new URLSearchParams(month)}`,
    preferencesUrl: `${address}/preferences`,
    ...(pays ? { pay: { url: linkPlace, until: linkUntilPlace } } : {}),
  })
  return { key, kind: 'monthly_statement', to: email, locale, clientId, ...mail }
}
