import 'server-only'
import { z } from 'zod'
import { env, isSandbox } from '@/lib/base/env'
import { ConnectorFault } from '@/lib/connectors/connector-fault'
import { callJson, type HttpCall, type JsonAnswer, type Judge, usualJudge } from '@/lib/connectors/http'

/** Keys of an API member. `baseUrl` is the host where people sign in, for example https://na.myconnectwise.net. */
export const ConnectwiseSecret = z.object({
  baseUrl: z
    .string()
    .trim()
    .transform((text, context) => {
      try {
        return new URL(/^https?:\/\//.test(text) ? text : `https://${text}`).origin
      } catch {
        context.addIssue({ code: 'custom', message: 'This is not an address' })
        return z.NEVER
      }
    }),
  companyId: z.string().trim().min(1),
  publicKey: z.string().trim().min(1),
  privateKey: z.string().trim().min(1),
})
export type ConnectwiseSecret = z.infer<typeof ConnectwiseSecret>

export const PAGE_SIZE = 1000
/** A long condition is refused at about 10,000 characters; what is sent is percent-encoded. */
const CONDITION_MAX = 8_000

export type Query = { conditions?: string; fields?: string; orderBy?: string; pageSize?: number }
export type Api = {
  get: (path: string, query?: Query) => Promise<unknown>
  /** Every row of a short list. */
  list: (path: string, query?: Query) => Promise<unknown[]>
  /** Pages in order of id, which nothing that changes meanwhile can move; `page` goes on where another run stopped. */
  pages: (path: string, query?: Query, page?: string) => AsyncGenerator<{ rows: unknown[]; next: string | undefined }>
  post: (path: string, body: object) => Promise<unknown>
  patch: (path: string, operations: PatchOperation[]) => Promise<unknown>
  remove: (path: string) => Promise<void>
}
export type PatchOperation = { op: 'add' | 'replace' | 'remove'; path: string; value?: unknown }

/** Where people sign in is not where programs call: the cloud's API has hosts of its own. */
function apiHostOf(baseUrl: string): string {
  const url = new URL(baseUrl)
  if (url.hostname.endsWith('.myconnectwise.net') && !url.hostname.startsWith('api-'))
    url.hostname = `api-${url.hostname}`
  return url.origin
}

const CompanyInfo = z.object({ CompanyName: z.string().nullish(), Codebase: z.string().min(1) })

/** Who the company is and where its build answers; asked without credentials. @throws ConnectorFault skip when unknown there */
export async function readCompanyInfo({ baseUrl, companyId }: ConnectwiseSecret) {
  const url = `${apiHostOf(baseUrl)}/login/companyinfo/${encodeURIComponent(companyId)}`
  const { value } = await callJson({ method: 'GET', url }, judge)
  const info = CompanyInfo.safeParse(value)
  if (!info.success) throw new ConnectorFault('retry', 'The company information cannot be read')
  return { name: info.data.CompanyName ?? companyId, codebase: info.data.Codebase.replaceAll('/', '') }
}

/** The build a company runs on, by site and company: it changes with upgrades, and is then found again after a 404. */
const codebases = new Map<string, string>()

export async function openApi(secret: ConnectwiseSecret): Promise<Api> {
  const place = `${secret.baseUrl} ${secret.companyId}`
  let codebase = codebases.get(place) ?? (await discover())

  async function discover(): Promise<string> {
    const found = (await readCompanyInfo(secret)).codebase
    codebases.set(place, found)
    return found
  }

  function send(request: Omit<HttpCall, 'url'> & { path: string; query?: URLSearchParams }) {
    const { path, query, headers, ...rest } = request
    const base = `${apiHostOf(secret.baseUrl)}/${codebase}/apis/3.0`
    const search = query === undefined || query.size === 0 ? '' : `?${query.toString().replaceAll('%2C', ',')}`
    return callJson({ ...rest, url: `${base}/${path}${search}`, headers: { ...headersOf(secret), ...headers } }, judge)
  }

  /**
   * A 404 is also what bad keys and an outdated build are answered with. Only when the build is the current one and the
   * keys open the system's own page does "not found" mean that the record is not there.
   */
  async function ask(request: Parameters<typeof send>[0]): Promise<JsonAnswer> {
    try {
      return await send(request)
    } catch (fault) {
      if (!isNotFound(fault)) throw fault
      const before = codebase
      codebase = await discover()
      if (codebase !== before) return ask(request)
      if (request.path !== 'system/info') await send({ method: 'GET', path: 'system/info' }).catch(refuseKeys)
      else refuseKeys(fault)
      throw fault
    }
  }

  function paramsOf({ pageSize, ...query }: Query): URLSearchParams {
    const params = new URLSearchParams(query)
    if (pageSize !== undefined) params.set('pageSize', String(pageSize))
    return params
  }

  async function* pages(path: string, query: Query = {}, page?: string) {
    const params = paramsOf({ pageSize: PAGE_SIZE, ...query })
    for (let at = page; ; ) {
      if (at !== undefined) params.set('pageId', at)
      const headers = { 'pagination-type': 'forward-only' }
      const { answer, value } = await ask({ method: 'GET', path, query: params, headers })
      const rows = rowsOf(value)
      const next = nextOf(answer.headers, 'pageId')
      yield { rows, next: rows.length === 0 ? undefined : next }
      // A short page is not the last one: only the missing link, or nothing at all, is the end.
      if (next === undefined || rows.length === 0) return
      at = next
    }
  }

  async function list(path: string, query: Query = {}): Promise<unknown[]> {
    const params = paramsOf({ pageSize: PAGE_SIZE, ...query })
    const all: unknown[] = []
    for (let page: string | undefined = '1'; page !== undefined; ) {
      params.set('page', page)
      const { answer, value }: JsonAnswer = await ask({ method: 'GET', path, query: params })
      const rows = rowsOf(value)
      all.push(...rows)
      page = rows.length === 0 ? undefined : nextOf(answer.headers, 'page')
    }
    return all
  }

  const json = { 'content-type': 'application/json' }
  return {
    get: async (path, query = {}) => (await ask({ method: 'GET', path, query: paramsOf(query) })).value,
    list,
    pages,
    post: async (path, body) => (await ask({ method: 'POST', path, body: JSON.stringify(body), headers: json })).value,
    patch: async (path, operations) =>
      (await ask({ method: 'PATCH', path, body: JSON.stringify(operations), headers: json })).value,
    remove: async (path) => void (await ask({ method: 'DELETE', path })),
  }
}

export function isNotFound(fault: unknown): boolean {
  return fault instanceof ConnectorFault && fault.code === NOT_FOUND
}

export function isForbidden(fault: unknown): boolean {
  return fault instanceof ConnectorFault && fault.code === FORBIDDEN
}

/** `field in (1,2,…)`, in as many conditions as the vendor's limit of length asks for. */
export function conditionsIn(field: string, ids: readonly string[]): string[] {
  const conditions: string[] = []
  let batch: string[] = []
  let length = 0
  for (const id of ids) {
    if (length + id.length + 1 > CONDITION_MAX) {
      conditions.push(`${field} in (${batch.join(',')})`)
      batch = []
      length = 0
    }
    batch.push(id)
    length += id.length + 1
  }
  if (batch.length > 0) conditions.push(`${field} in (${batch.join(',')})`)
  return conditions
}

/** Whether an address belongs to the tenant's own ConnectWise: the host of its site, or of its API. */
export function isOwnHost({ baseUrl }: ConnectwiseSecret, address: string): boolean {
  if (!URL.canParse(address)) return false
  const url = new URL(address)
  const isSafe = url.protocol === 'https:' || (isSandbox() && url.protocol === 'http:')
  return isSafe && [new URL(baseUrl).host, new URL(apiHostOf(baseUrl)).host].includes(url.host)
}

const NOT_FOUND = 'NotFound'
const FORBIDDEN = 'Forbidden'
const Refusal = z.looseObject({
  code: z.string().nullish(),
  message: z.string().nullish(),
  errors: z.array(z.looseObject({ message: z.string().nullish() })).nullish(),
})

const usual = usualJudge(({ text, status }) => {
  const said = Refusal.safeParse(parsed(text)).data
  const words = [said?.message, ...(said?.errors ?? []).map(({ message }) => message)].filter(Boolean).join(' ')
  const code = status === 404 ? NOT_FOUND : status === 403 ? FORBIDDEN : (said?.code ?? undefined)
  return { message: words || 'ConnectWise gave no reason', ...(code === undefined ? {} : { code }) }
})

/** As usual, but a 403 to a write is one right that is missing, while the rest goes on. */
export const judge: Judge = (answer, request) => {
  const fault = usual(answer, request)
  if (answer.status !== 403 || fault === undefined || request.method === 'GET') return fault
  return new ConnectorFault('skip', fault.message, { code: FORBIDDEN })
}

function refuseKeys(fault: unknown): void {
  if (!isNotFound(fault)) throw fault
  throw new ConnectorFault('reconnect', 'The company id or the keys are not known to ConnectWise', { cause: fault })
}

function headersOf({ companyId, publicKey, privateKey }: ConnectwiseSecret): Record<string, string> {
  const credentials = Buffer.from(`${companyId}+${publicKey}:${privateKey}`).toString('base64')
  return {
    authorization: `Basic ${credentials}`,
    clientid: env().CONNECTWISE_CLIENT_ID,
    accept: 'application/vnd.connectwise.com+json; version=2025.1',
  }
}

function rowsOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value
  throw new ConnectorFault('retry', 'A list was expected, something else came')
}

/** The given parameter of the `next` link. */
function nextOf(headers: Headers, name: string): string | undefined {
  const link = /<([^>]+)>;\s*rel="?next"?/.exec(headers.get('link') ?? '')?.[1]
  if (link === undefined || !URL.canParse(link, 'https://link.invalid')) return undefined
  return new URL(link, 'https://link.invalid').searchParams.get(name) ?? undefined
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
