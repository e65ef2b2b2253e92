import 'server-only'
import { RateLimiterMemory, RateLimiterQueue } from 'rate-limiter-flexible'
import { z } from 'zod'
import { env } from '@/lib/base/env'
import { ConnectorFault } from '@/lib/connectors/connector-fault'
import { callJson, type HttpCall, writes } from '@/lib/connectors/http'
import { faultIn } from './faults'
import type { QuickbooksSecret } from './secret'
import { CompanyInfo, type DocumentName, type Entity, type EntityName, entities, Payment, Preferences } from './wire'

/** The oldest version of the interface that is still honoured. */
const MINOR_VERSION = '75'
const PAGE_SIZE = 1000
/** QuickBooks gives up after two minutes; we wait half of that, and look afterwards. */
const WRITE_TIMEOUT_MS = 60_000

// Ten calls a second are allowed per company. One every 0.12 s keeps this process below that however the second is cut,
// so that a burst waits here and is not refused there.
const pace = new RateLimiterQueue(new RateLimiterMemory({ points: 1, duration: 0.12 }))

/** What we send of a record: property names are the vendor's. */
export type Body = Record<string, unknown>

/** The records that answer a condition, page by page. `where` holds values written with `quoted`. */
export async function query<Name extends EntityName>(
  secret: QuickbooksSecret,
  entity: Name,
  where = '',
  fields = '*',
): Promise<Entity<Name>[]> {
  const rows: Entity<Name>[] = []
  for (let start = 1; ; start += PAGE_SIZE) {
    const condition = where === '' ? '' : ` where ${where}`
    const statement = `select ${fields} from ${entity}${condition} order by Id startposition ${start} maxresults ${PAGE_SIZE}`
    const answer = await ask(secret, { method: 'GET', url: address(secret, 'query', { query: statement }) })
    const { QueryResponse: found } = parse(z.object({ QueryResponse: z.record(z.string(), z.unknown()) }), answer)
    const page = parse(z.array(z.unknown()), found[entity] ?? []).map((row) => read(entity, row))
    rows.push(...page)
    if (page.length < PAGE_SIZE) return rows
  }
}

/** One payment with its token for changing it. @throws ConnectorFault skip, code 610, when it is gone */
export async function readPayment(secret: QuickbooksSecret, id: string): Promise<Payment> {
  const answer = await ask(secret, { method: 'GET', url: address(secret, `payment/${encodeURIComponent(id)}`) })
  return parse(z.object({ Payment }), answer).Payment
}

/**
 * Creates a record, or updates it when the body names one. `requestId` makes repeating harmless: the first answer comes
 * again. At most 50 letters.
 */
export async function write<Name extends DocumentName>(
  secret: QuickbooksSecret,
  entity: Name,
  body: Body,
  requestId: string,
): Promise<Entity<Name>> {
  const answer = await ask(secret, {
    method: 'POST',
    url: address(secret, entity.toLowerCase(), { requestid: requestId }),
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    timeoutMs: WRITE_TIMEOUT_MS,
  })
  return read(entity, parse(z.object({ [entity]: z.unknown() }), answer)[entity])
}

export async function readCompany(secret: QuickbooksSecret): Promise<z.infer<typeof CompanyInfo>> {
  const answer = await ask(secret, { method: 'GET', url: address(secret, `companyinfo/${secret.realmId}`) })
  return parse(z.object({ CompanyInfo }), answer).CompanyInfo
}

export async function readPreferences(secret: QuickbooksSecret): Promise<Preferences> {
  const answer = await ask(secret, { method: 'GET', url: address(secret, 'preferences') })
  return parse(z.object({ Preferences }), answer).Preferences
}

/** The newest records that answer a condition, the newest first. @param most at most a page */
export async function newest<Name extends 'Invoice' | 'Payment' | 'JournalEntry'>(
  secret: QuickbooksSecret,
  entity: Name,
  where: string,
  most: number = PAGE_SIZE,
): Promise<Entity<Name>[]> {
  const statement = `select * from ${entity} where ${where} order by TxnDate desc startposition 1 maxresults ${most}`
  const answer = await ask(secret, { method: 'GET', url: address(secret, 'query', { query: statement }) })
  const { QueryResponse: found } = parse(z.object({ QueryResponse: z.record(z.string(), z.unknown()) }), answer)
  return parse(z.array(z.unknown()), found[entity] ?? []).map((row) => read(entity, row))
}

/** A value for a condition; a quote inside is escaped, so that it cannot end the value. */
export function quoted(value: string): string {
  return `'${value.replaceAll(/[\\']/g, String.raw`\$&`)}'`
}

async function ask(secret: QuickbooksSecret, request: HttpCall): Promise<unknown> {
  await pace.removeTokens(1, secret.realmId)
  const headers = { authorization: `Bearer ${secret.accessToken}`, accept: 'application/json', ...request.headers }
  const { value } = await callJson({ ...request, headers }, (answer, asked) => faultIn(answer, writes(asked)))
  return value
}

function address(secret: QuickbooksSecret, path: string, params: Record<string, string> = {}): URL {
  const url = new URL(`${env().QUICKBOOKS_API_URL}/v3/company/${secret.realmId}/${path}`)
  for (const [name, value] of Object.entries({ minorversion: MINOR_VERSION, ...params }))
    url.searchParams.set(name, value)
  return url
}

const readers: { [Name in EntityName]: z.ZodType<Entity<Name>> } = entities

function read<Name extends EntityName>(entity: Name, row: unknown): Entity<Name> {
  return parse(readers[entity], row)
}

/** What is not as described is our defect, or a change of theirs: either way nothing to guess about. */
function parse<Shape>(schema: z.ZodType<Shape>, value: unknown): Shape {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  throw new ConnectorFault('stop', `QuickBooks answered in a shape we do not know: ${z.prettifyError(result.error)}`)
}
