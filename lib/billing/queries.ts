import 'server-only'
import { type Actor, maySeeClient, maySeeInvoice, onlyInvoices, seesAll } from '@/lib/access/actor'
import { now, type PlainDate } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { Fault } from '@/lib/base/fault'
import { isId } from '@/lib/base/ids'
import { type Sql, sql } from '@/lib/base/sql'
import { type Money, money, zero } from '@/lib/money/money'
import type { AgreementView, ClientRow, ClientView, ContactView, Owed } from './client'
import { clientCredits } from './client-credit'
import type { InvoiceGroup, InvoiceRow, InvoiceView } from './invoice'
import { type InvoiceChange, invoiceChanges } from './invoice-changes'
import { readLines, readRows, readView } from './read-invoices'

const PAGE_SIZE = 50

/** @throws Fault not-found, also for what the actor may not see */
export async function getInvoice(actor: Actor, id: string): Promise<InvoiceView> {
  const found = isId(id) ? await withTenant(actor.tenantId, (tx) => readView(tx, id)) : undefined
  if (found === undefined || !maySeeInvoice(actor, found)) throw new Fault('not-found', `No invoice ${id}`)
  return found
}

export type InvoiceFilter = 'open' | 'overdue' | 'paid' | 'all'
export type InvoiceList = { items: InvoiceRow[]; next?: string }

/**
 * Invoices, fifty at a time unless told otherwise, in one statement: open ones by due date, oldest first, others by date, newest first. `after`
 * is the `next` of the page before.
 */
export async function listInvoices(
  actor: Actor,
  wanted: { clientId?: string; filter?: InvoiceFilter; search?: string; after?: string; count?: number },
): Promise<InvoiceList> {
  const { filter = 'all', search = '', count = PAGE_SIZE } = wanted
  const isByDue = filter === 'open' || filter === 'overdue'
  const after = cursorOf(wanted.after)
  const conditions = [
    ...ownOf(actor),
    ...(wanted.clientId === undefined ? [] : [ofClient(idOrNone(wanted.clientId))]),
    ...conditionsOf(filter),
    ...(search.trim() === '' ? [] : [sql`(i.number ilike ${like(search)} or c.name ilike ${`%${like(search)}`})`]),
    ...(after === undefined
      ? []
      : isByDue
        ? [sql`(i.due_on, i.id) > (${after.date}::date, ${after.id}::uuid)`]
        : [sql`(i.issued_on, i.id) < (${after.date}::date, ${after.id}::uuid)`]),
  ]
  const order = isByDue ? sql`i.due_on, i.id` : sql`i.issued_on desc, i.id desc`
  const rows = await withTenant(actor.tenantId, (tx) =>
    readRows(tx, { where: sql`true ${all(conditions)}`, order, limit: count + 1 }),
  )
  const items = rows.slice(0, count)
  const last = items.at(-1)
  if (rows.length <= count || last === undefined) return { items }
  return { items, next: `${isByDue ? last.dueOn : last.issuedOn}_${last.id}` }
}

export type InvoiceVersion = { version: number; total: Money; seenAt: Date; groups: InvoiceGroup[] }

/** Every version of an invoice, newest first. @throws Fault not-found */
export async function invoiceVersions(actor: Actor, id: string): Promise<InvoiceVersion[]> {
  const { currency } = await getInvoice(actor, id)
  return withTenant(actor.tenantId, async (tx) => {
    const versions = await tx.rows<{ version: number; totalMinor: bigint; seenAt: Date }>(sql`
      select version, total_minor, seen_at from invoice_versions
      where tenant_id = ${tx.tenantId} and invoice_id = ${id} order by version desc`)
    const lines = await readLines(tx, id, currency)
    return versions.map(({ version, totalMinor, seenAt }) => {
      return { version, total: money(totalMinor, currency), seenAt, groups: lines.get(version) ?? [] }
    })
  })
}

/** What an invoice says otherwise than its version of then did; nothing is read where nothing differs. */
export async function changesSince(
  actor: Actor,
  invoice: InvoiceView,
  then: { version: number; dueOn: PlainDate },
): Promise<InvoiceChange[]> {
  if (then.version === invoice.version && then.dueOn === invoice.dueOn) return []
  const before = (await invoiceVersions(actor, invoice.id)).find(({ version }) => version === then.version)
  return before === undefined ? [] : invoiceChanges({ ...before, dueOn: then.dueOn }, invoice)
}

/** Fifty clients at a time by name, with what they owe. */
export async function listClients(
  actor: Actor,
  wanted: { search?: string; after?: string } = {},
): Promise<{ items: ClientRow[]; next?: string }> {
  const { search = '', after } = wanted
  const [name, id] = splitLast(after)
  const conditions = [
    ...(seesAll(actor) ? [] : [sql`c.id = ${actor.clientId}`]),
    ...(search.trim() === '' ? [] : [sql`(c.name ilike ${`%${like(search)}`} or c.identifier ilike ${like(search)})`]),
    ...(id === undefined ? [] : [sql`(c.name, c.id) > (${name}, ${id}::uuid)`]),
  ]
  const rows = await withTenant(actor.tenantId, (tx) =>
    tx.rows<Owing>(sql`${owing(tx, conditions)} order by c.name, c.id limit ${PAGE_SIZE + 1}`),
  )
  const items = rows.slice(0, PAGE_SIZE).map(toClientRow)
  const last = items.at(-1)
  return rows.length > PAGE_SIZE && last !== undefined ? { items, next: `${last.name}_${last.id}` } : { items }
}

/** @throws Fault not-found, also for what the actor may not see */
export async function getClient(actor: Actor, id: string): Promise<ClientView> {
  const client =
    isId(id) && maySeeClient(actor, id) ? await withTenant(actor.tenantId, (tx) => readClient(tx, id)) : undefined
  if (client === undefined) throw new Fault('not-found', `No client ${id}`)
  return client
}

/** The people at a client, whoever gets the invoices first. */
export async function contactsOf(tx: Tx, clientId: string): Promise<ContactView[]> {
  const rows = await tx.rows<Omit<ContactView, 'email'> & { email: string | null }>(sql`
    select id, name, email, title, is_billing, role from contacts
    where tenant_id = ${tx.tenantId} and client_id = ${clientId} and gone_at is null and erased_at is null order by is_billing desc, name, id`)
  return rows.map(({ email, ...contact }) => ({ ...contact, ...(email === null ? {} : { email }) }))
}

/** Whom to write to about invoices, in their language: the billing contact, else the address the company gives. */
export async function billingContact(
  tx: Tx,
  clientId: string,
): Promise<{ name: string; email: string; locale: string; switchedOff: string[] } | undefined> {
  return tx.row(sql`
    select coalesce(p.name, c.name) as name, coalesce(p.email, c.billing_email) as email, coalesce(p.locale, c.locale) as locale,
      coalesce(p.switched_off, '{}') as switched_off
    from clients c
    left join contacts p on p.tenant_id = c.tenant_id and p.client_id = c.id and p.is_billing and p.gone_at is null and p.email is not null
    where c.tenant_id = ${tx.tenantId} and c.id = ${clientId} and coalesce(p.email, c.billing_email) is not null
    order by p.id limit 1`)
}

async function readClient(tx: Tx, id: string): Promise<ClientView | undefined> {
  const row = await tx.row<Owing & Details>(owing(tx, [sql`c.id = ${id}`]))
  if (row === undefined) return undefined
  const credits = Map.groupBy(await clientCredits(tx, id), ({ currency }) => currency === row.currency)
  return {
    ...toClientRow(row),
    phone: row.phone,
    address: row.address,
    ...(row.termsDays === null ? {} : { termsDays: row.termsDays }),
    ...(row.billingEmail === null ? {} : { billingEmail: row.billingEmail }),
    credit: credits.get(true)?.[0] ?? zero(row.currency),
    otherCredits: credits.get(false) ?? [],
    contacts: await contactsOf(tx, id),
    agreements: await agreementsOf(tx, id, row.currency),
  }
}

async function agreementsOf(tx: Tx, clientId: string, currency: string): Promise<AgreementView[]> {
  const rows = await tx.rows<AgreementRow>(sql`
    select a.id, a.name, a.status, a.starts_on, a.ends_on, d.description, trim_scale(d.quantity)::text as quantity,
      d.unit_price_minor, d.effective_on, d.cancelled_on
    from agreements a left join agreement_additions d on d.tenant_id = a.tenant_id and d.agreement_id = a.id
    where a.tenant_id = ${tx.tenantId} and a.client_id = ${clientId} and a.gone_at is null
    order by a.starts_on desc nulls last, a.id, d.effective_on, d.description, d.external_id`)
  return [...Map.groupBy(rows, ({ id }) => id).values()].flatMap((group) => {
    const [first] = group
    if (first === undefined) return []
    const { id, name, status, startsOn, endsOn } = first
    const additions = group.flatMap(({ description, quantity, unitPriceMinor, effectiveOn, cancelledOn }) => {
      if (description === null || quantity === null || unitPriceMinor === null) return []
      const dates = { ...(effectiveOn && { effectiveOn }), ...(cancelledOn && { cancelledOn }) }
      return [{ description, quantity, unitPrice: money(unitPriceMinor, currency), ...dates }]
    })
    return [{ id, name, status, ...(startsOn && { startsOn }), ...(endsOn && { endsOn }), additions }]
  })
}
type AgreementRow = {
  id: string
  name: string
  status: string
  startsOn: PlainDate | null
  endsOn: PlainDate | null
  description: string | null
  quantity: string | null
  unitPriceMinor: bigint | null
  effectiveOn: PlainDate | null
  cancelledOn: PlainDate | null
}

type Owing = {
  id: string
  name: string
  identifier: string
  currency: string
  /** By currency; null for who owes nothing. */
  owed: { currency: string; openMinor: string; overdueMinor: string; openCount: number }[] | null
}
type Details = Pick<ClientView, 'phone' | 'address'> & { termsDays: number | null; billingEmail: string | null }

/** Clients with what they owe, currency by currency. Who has left is there for as long as they owe something. */
function owing(tx: Tx, conditions: Sql[]): Sql {
  return sql`
    select c.id, c.name, c.identifier, c.currency, c.phone, c.address, c.terms_days, c.billing_email, o.owed
    from clients c join tenants t on t.id = c.tenant_id
    left join lateral (
      select json_agg(json_build_object('currency', s.currency, 'openMinor', s.open::text, 'overdueMinor', coalesce(s.overdue, 0)::text,
          'openCount', s.count) order by s.currency) as owed
      from (
        select i.currency, sum(i.balance_minor) as open, count(*) as count,
          sum(i.balance_minor) filter (where i.due_on < (${now()}::timestamptz at time zone t.time_zone)::date) as overdue
        from invoices i
        where i.tenant_id = c.tenant_id and i.client_id = c.id and i.kind = 'invoice' and i.balance_minor > 0
        group by i.currency) s) o on true
    where c.tenant_id = ${tx.tenantId} and (c.gone_at is null or o.owed is not null) ${all(conditions)}`
}

function toClientRow({ id, name, identifier, currency, owed }: Owing): ClientRow {
  const debts = (owed ?? []).map(
    (one): Owed => ({
      open: money(BigInt(one.openMinor), one.currency),
      overdue: money(BigInt(one.overdueMinor), one.currency),
      openCount: one.openCount,
    }),
  )
  const nothing: Owed = { open: zero(currency), overdue: zero(currency), openCount: 0 }
  return {
    ...{ id, name, identifier },
    ...(debts.find(({ open }) => open.currency === currency) ?? nothing),
    others: debts.filter(({ open }) => open.currency !== currency),
  }
}

/**
 * Told as the answer to a question, so that the planner does not know which client it is: of one that has most of the
 * invoices it would think that everybody's, by date, is as good a list to walk, and wade through those of the others.
 */
function ofClient(clientId: string): Sql {
  return sql`i.client_id = (select ${clientId}::uuid)`
}

/** A contact sees the own client's invoices, a link its one, a session those it names. */
function ownOf(actor: Actor): Sql[] {
  switch (actor.kind) {
    case 'staff':
    case 'api':
    case 'system':
      return []
    case 'contact':
    case 'onlooker':
      return [ofClient(actor.clientId)]
    case 'link':
    case 'checkout': {
      const only = onlyInvoices(actor)
      return [ofClient(actor.clientId), ...(only === undefined ? [] : [sql`i.id = any(${only}::uuid[])`])]
    }
  }
}

function conditionsOf(filter: InvoiceFilter): Sql[] {
  switch (filter) {
    case 'open':
      return [sql`i.kind = 'invoice'`, sql`i.balance_minor > 0`]
    case 'overdue':
      return [...conditionsOf('open'), sql`i.due_on < (${now()}::timestamptz at time zone t.time_zone)::date`]
    case 'paid':
      return [sql`i.kind = 'invoice'`, sql`i.state = 'open'`, sql`i.balance_minor = 0`]
    case 'all':
      return []
  }
}

function all(conditions: readonly Sql[]): Sql {
  return conditions.reduce((joined, condition) => sql`${joined} and ${condition}`, sql``)
}

/** The search as a prefix for `ilike`; its own wildcards mean themselves. */
function like(search: string): string {
  return `${search.trim().replace(/[\\%_]/g, '\\$&')}%`
}

const nobody = '00000000-0000-0000-0000-000000000000'

function idOrNone(id: string): string {
  return isId(id) ? id : nobody
}

function cursorOf(after: string | undefined): { date: PlainDate; id: string } | undefined {
  const [date, id] = splitLast(after)
  return id !== undefined && date !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(date) ? { date, id } : undefined
}

/** `date_id`, `name_id`; nothing for an address somebody made up. */
function splitLast(after: string | undefined): [string, string] | [undefined, undefined] {
  const at = after?.lastIndexOf('_') ?? -1
  const id = after?.slice(at + 1) ?? ''
  return after !== undefined && at > 0 && isId(id) ? [after.slice(0, at), id] : [undefined, undefined]
}
