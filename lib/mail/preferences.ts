import 'server-only'
import { actorName } from '@/lib/access/actor'
import type { ContactActor } from '@/lib/access/require-contact'
import { now, type PlainDate, todayIn } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { Fault } from '@/lib/base/fault'
import { sql } from '@/lib/base/sql'
import { invoiceRecipients } from '@/lib/billing/invoice-recipients'
import { billingContact } from '@/lib/billing/queries'
import { audit } from '@/lib/tenancy/audit'
import { getTenant } from '@/lib/tenancy/queries'
import type { Locale } from '@/messages/words'
import type { OptionalNotice } from './notice'
import { monthOf } from './statement-month'

export type Preferences = {
  /** What they asked for themselves; nothing while the company's language does. */
  locale?: { is: Locale; setAt: Date }
  companyLocale: string
  switchedOff: string[]
  /** The person's own address, where they have one. */
  email?: string
  /** The first day of the first month whose statement is mailed to them; nothing while none is. */
  statementFrom?: PlainDate
  /** Whom mail about the company's invoices goes to, and whether that is the one who asks. */
  recipient?: { name: string; email: string; isSelf: boolean }
  /** Whether new invoices are mailed to the one who asks, beside that recipient. */
  getsInvoices: boolean
}

/** What a person has asked for. @throws Fault not-found */
export async function readPreferences(actor: ContactActor): Promise<Preferences> {
  return withTenant(actor.tenantId, async (tx) => {
    const row = await readRow(tx, actor)
    const recipient = await billingContact(tx, actor.clientId)
    const recipients = await invoiceRecipients(tx, actor.clientId)
    return {
      getsInvoices: recipients.some(({ email }) => email.toLowerCase() === row.email),
      companyLocale: row.companyLocale,
      switchedOff: row.switchedOff,
      ...(row.locale === null || row.setAt === null ? {} : { locale: { is: row.locale, setAt: row.setAt } }),
      ...(row.email === null ? {} : { email: row.email }),
      ...(row.statementFrom === null ? {} : { statementFrom: row.statementFrom }),
      ...(recipient === undefined
        ? {}
        : { recipient: { name: recipient.name, email: recipient.email, isSelf: recipient.email === row.email } }),
    }
  })
}

/**
 * Keeps the language a person asks for, who asked and when: in Quebec the language is French until somebody says
 * otherwise. Asked for twice, it is written down once.
 * @param locale undefined goes back to the company's
 */
export async function chooseLanguage(actor: ContactActor, locale: Locale | undefined): Promise<void> {
  await withTenant(actor.tenantId, async (tx) => {
    const before = await readRow(tx, actor, true)
    if (before.locale === (locale ?? null)) return
    await tx.run(sql`
      update contacts set locale = ${locale ?? null}, locale_set_at = ${locale === undefined ? null : now()}
      where tenant_id = ${tx.tenantId} and id = ${actor.contactId}`)
    const detail = { before: { locale: before.locale }, after: { locale: locale ?? null } }
    await audit(tx, actorName(actor), 'contact.language_chosen', { kind: 'contact', id: actor.contactId }, detail)
  })
}

/** Keeps which of the notices a person does without. What the law asks for is not among them, and the database refuses it. */
export async function chooseNotices(actor: ContactActor, switchedOff: readonly OptionalNotice[]): Promise<void> {
  const off = [...new Set<string>(switchedOff)].sort()
  await withTenant(actor.tenantId, async (tx) => {
    const before = await readRow(tx, actor, true)
    if (before.switchedOff.join() === off.join()) return
    await tx.run(sql`
      update contacts set switched_off = ${off}::text[] where tenant_id = ${tx.tenantId} and id = ${actor.contactId}`)
    const detail = { before: { switchedOff: before.switchedOff }, after: { switchedOff: off } }
    await audit(tx, actorName(actor), 'contact.notices_chosen', { kind: 'contact', id: actor.contactId }, detail)
  })
}

/**
 * Keeps whether a person gets the monthly statement by mail. The first is about the month in which they ask, and comes once
 * that is over: what went before they did not ask for.
 */
export async function chooseStatement(actor: ContactActor, isWanted: boolean): Promise<void> {
  await withTenant(actor.tenantId, async (tx) => {
    const before = await readRow(tx, actor, true)
    const wasWanted = before.statementFrom !== null
    if (wasWanted === isWanted) return
    const { timeZone } = await getTenant(tx)
    await tx.run(sql`
      update contacts set statement_from = ${isWanted ? monthOf(todayIn(timeZone)) : null}
      where tenant_id = ${tx.tenantId} and id = ${actor.contactId}`)
    const detail = { before: { monthlyStatement: wasWanted }, after: { monthlyStatement: isWanted } }
    await audit(tx, actorName(actor), 'contact.statement_chosen', { kind: 'contact', id: actor.contactId }, detail)
  })
}

type Row = {
  email: string | null
  locale: Locale | null
  setAt: Date | null
  companyLocale: string
  switchedOff: string[]
  statementFrom: PlainDate | null
}

async function readRow(tx: Tx, { contactId, clientId }: ContactActor, lock = false): Promise<Row> {
  const row = await tx.row<Row>(sql`
    select p.email, p.locale, p.locale_set_at as set_at, c.locale as company_locale, p.switched_off, p.statement_from
    from contacts p join clients c on c.tenant_id = p.tenant_id and c.id = p.client_id
    where p.tenant_id = ${tx.tenantId} and p.id = ${contactId} and p.client_id = ${clientId}
    ${lock ? sql`for update of p` : sql``}`)
  if (row === undefined) throw new Fault('not-found', `No contact ${contactId}`)
  return row
}
