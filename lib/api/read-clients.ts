import 'server-only'
import type { z } from 'zod'
import { now } from '@/lib/base/clock'
import type { Tx } from '@/lib/base/db'
import { type Sql, sql } from '@/lib/base/sql'
import { clientCredit } from '@/lib/billing/client-credit'
import { contactsOf } from '@/lib/billing/queries'
import { type Client, type ClientList, type ClientRow, toClientSummary } from './client'
import { after, pageOf } from './paging'
import { toWireMoney } from './wire-money'

export type ClientsWanted = {
  name?: string | undefined
  identifier?: string | undefined
  limit: number
  starting_after?: string | undefined
}

/** A page of clients, newest first; those that have left the PSA only while they owe something. */
export async function readClients(tx: Tx, wanted: ClientsWanted): Promise<z.infer<typeof ClientList>> {
  const { name, identifier, limit } = wanted
  const rest = sql`
    and (c.gone_at is null or o.open_minor > 0)
    ${name === undefined ? sql`` : sql`and lower(c.name) = lower(${name})`}
    ${identifier === undefined ? sql`` : sql`and lower(c.identifier) = lower(${identifier})`}
    ${await after(tx, 'client', { table: sql`clients`, alias: sql`c` }, wanted.starting_after)}
    order by c.id desc limit ${limit + 1}`
  const { rows, has_more } = pageOf(await read(tx, rest), limit)
  return { object: 'list', data: rows.map(toClientSummary), has_more }
}

export async function readClient(tx: Tx, id: string): Promise<z.infer<typeof Client> | undefined> {
  const [row] = await read(tx, sql`and c.id = ${id}`)
  if (row === undefined) return undefined
  const contacts = await contactsOf(tx, id)
  return {
    ...toClientSummary(row),
    credit: toWireMoney(await clientCredit(tx, id, row.currency)),
    contacts: contacts.map(({ id: contactId, name, email, title, isBilling, role }) => {
      return { id: contactId, name, email: email ?? null, title, is_billing: isBilling, portal_role: role }
    }),
  }
}

function read(tx: Tx, rest: Sql): Promise<ClientRow[]> {
  return tx.rows<ClientRow>(sql`
    select c.id, c.name, c.identifier, c.currency, c.locale, c.billing_email, c.phone, c.terms_days, c.created_at,
      coalesce(o.open_minor, 0)::bigint as open_minor, coalesce(o.overdue_minor, 0)::bigint as overdue_minor, o.open_count
    from clients c join tenants t on t.id = c.tenant_id
    cross join lateral (
      select sum(i.balance_minor) as open_minor, count(*)::int as open_count,
        sum(i.balance_minor) filter (where i.due_on < (${now()}::timestamptz at time zone t.time_zone)::date) as overdue_minor
      from invoices i
      where i.tenant_id = c.tenant_id and i.client_id = c.id and i.currency = c.currency and i.kind = 'invoice' and i.balance_minor > 0) o
    where c.tenant_id = ${tx.tenantId} ${rest}`)
}
