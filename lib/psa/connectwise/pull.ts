import 'server-only'
import type { z } from 'zod'
import type {
  Page,
  Pull,
  PullCursor,
  PulledAgreement,
  PulledClient,
  PulledContact,
  PulledInvoice,
  Rejected,
} from '@/lib/connectors/contract'
import { mapBounded } from '@/lib/connectors/map-bounded'
import { type Api, type ConnectwiseSecret, openApi, PAGE_SIZE } from './api'
import { parse } from './fields'
import { readInvoices } from './read-invoices'
import { readOr, readRows, toAgreement, toClient, toContact } from './translate'
import { WireAddition, WireAgreement, WireCompany, WireContact, WireInfo, WireTerms } from './wire'

/** A clock that is a little off there, or a row that was being written when we read, is caught by reading it again. */
const OVERLAP_MS = 10 * 60_000
const CALLS_AT_ONCE = 8
/** Invoices come with lines and payments of their own: small pages are written sooner, and less of them is held. */
const INVOICE_PAGE_SIZE = 250

type Read<Item> = (rows: unknown[]) => Promise<{ items: Item[]; rejected: Rejected[] }>
type Secret = ConnectwiseSecret

/**
 * Reads what changed since the cursor, in order of id. The cursor only moves on when the run is whole, and then to the
 * newest change known when it began: what changes behind the reader's back during a long run is read by the next one.
 */
async function* changed<Item>(
  api: Api,
  path: string,
  cursor: PullCursor | undefined,
  read: Read<Item>,
  pageSize = PAGE_SIZE,
): AsyncGenerator<Page<Item, PullCursor>> {
  const { since, page } = cursor ?? {}
  const from = since === undefined ? undefined : instant(Date.parse(since) - OVERLAP_MS)
  const query = from === undefined ? {} : { conditions: `lastUpdated>=[${from}]` }
  let newest = cursor?.newest
  for await (const { rows, next } of api.pages(path, { ...query, pageSize }, page)) {
    newest ??= next === undefined ? newestOf(rows) : await newestThere(api, path, query)
    const reached = latest(since, newest)
    const { items, rejected } = await read(rows)
    if (next === undefined) yield { items, rejected, cursor: reached === undefined ? {} : { since: reached } }
    else yield { items, rejected, cursor: under(since, next, newest) }
  }
}

function under(since: string | undefined, page: string, newest: string | undefined): PullCursor {
  return { page, ...(since === undefined ? {} : { since }), ...(newest === undefined ? {} : { newest }) }
}

async function newestThere(api: Api, path: string, query: { conditions?: string }): Promise<string | undefined> {
  const [row] = lastUpdatesOf(
    await api.get(path, { ...query, orderBy: 'lastUpdated desc', pageSize: 1, fields: 'id,_info' }),
  )
  return row
}

function newestOf(rows: readonly unknown[]): string | undefined {
  return lastUpdatesOf(rows).reduce<string | undefined>(latest, undefined)
}

function lastUpdatesOf(rows: unknown): string[] {
  return (Array.isArray(rows) ? rows : [])
    .map((row) => WireInfo.safeParse(row).data?._info?.lastUpdated)
    .filter((at) => at !== null && at !== undefined)
    .filter((at) => !Number.isNaN(Date.parse(at)))
}

function latest(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return a ?? b
  return Date.parse(a) >= Date.parse(b) ? a : b
}

/** Date-times without a fraction of a second, as the vendor writes them. */
function instant(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`
}

export const pullClients: Pull<Secret, PulledClient> = async function* (secret, cursor) {
  const api = await openApi(secret)
  const terms = readRows(await api.list('finance/billingTerms'), WireTerms, ({ id, dueDays }) => ({ id, dueDays }))
  const termsDays = new Map(
    terms.items.flatMap(({ id, dueDays }) => (typeof dueDays === 'number' ? [[id, dueDays]] : [])),
  )
  yield* changed(api, 'company/companies', cursor, async (rows) =>
    readRows(rows, WireCompany, (wire, raw) => toClient(wire, raw, termsDays)),
  )
}

export const pullContacts: Pull<Secret, PulledContact> = async function* (secret, cursor) {
  const api = await openApi(secret)
  yield* changed(api, 'company/contacts', cursor, async (rows) => {
    const { items, rejected } = readRows(rows, WireContact, toContact)
    return { items: items.filter((item) => item !== undefined), rejected }
  })
}

export const pullAgreements: Pull<Secret, PulledAgreement> = async function* (secret, cursor) {
  const api = await openApi(secret)
  yield* changed(api, 'finance/agreements', cursor, async (rows) => {
    const listed = readRows(rows, WireAgreement, (wire, raw) => ({ wire, raw }))
    const read = await mapBounded(listed.items, CALLS_AT_ONCE, async ({ wire, raw }) => {
      const additions = await api.list(`finance/agreements/${wire.id}/additions`)
      return readOr(raw, () => toAgreement(wire, parseAll(WireAddition, additions), { agreement: raw, additions }))
    })
    return {
      items: read.flatMap((one) => ('item' in one ? [one.item] : [])),
      rejected: [...listed.rejected, ...read.filter((one) => 'reason' in one)],
    }
  })
}

export const pullInvoices: Pull<Secret, PulledInvoice> = async function* (secret, cursor) {
  const api = await openApi(secret)
  yield* changed(api, 'finance/invoices', cursor, (rows) => readInvoices(api, rows), INVOICE_PAGE_SIZE)
}

function parseAll<Wire>(schema: z.ZodType<Wire>, rows: readonly unknown[]): Wire[] {
  return rows.map((row) => parse(schema, row))
}
