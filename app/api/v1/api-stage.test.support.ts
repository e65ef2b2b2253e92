import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { TestMsp } from '@/e2e/support/msp'
import type { ApiScope } from '@/lib/access/api-key'
import { makeApiKey } from '@/lib/access/make-api-key'

type Handler = (request: Request, context: { params: Promise<object | undefined> }) => Promise<Response>
export type Route = { path: string; handlers: Record<string, Handler> }

const folder = import.meta.dirname

/** Every route below /api/v1, by the address it has in the document: `/invoices/{id}`. */
export async function readRoutes(): Promise<Route[]> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('route.ts'))
  return Promise.all(
    files.toSorted().map(async (file) => ({
      path: `/${file.replace(/\/?route\.ts$/, '').replaceAll(/\[(\w+)\]/g, '{$1}')}`,
      handlers: (await import(join(folder, file))) as Record<string, Handler>,
    })),
  )
}

export type Answer = { status: number; headers: Headers; body: Record<string, unknown> & { error?: ApiRefusal } }
type ApiRefusal = { type: string; code: string; message: string; param?: string; request_id: string }

export type AskOptions = { key?: string; method?: string; body?: unknown; text?: string; headers?: object }

/** Asks the running handlers as the web would: the address finds the route, an id in it becomes its parameter. */
export function asker(routes: readonly Route[]) {
  return async (address: string, { key, method = 'GET', body, text, headers }: AskOptions = {}): Promise<Answer> => {
    const url = new URL(`http://localhost/api/v1${address}`)
    const path = url.pathname.slice('/api/v1'.length)
    const route =
      routes.find((one) => one.path === path) ??
      routes.find((one) => patternOf(one.path).test(path)) ??
      fallback(routes)
    const id = patternOf(route.path).exec(path)?.[1]
    const sent = text ?? (body === undefined ? undefined : JSON.stringify(body))
    const request = new Request(url, {
      method,
      ...(sent === undefined ? {} : { body: sent }),
      headers: {
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
        ...(sent === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
    })
    const handler = route.handlers[method]
    if (handler === undefined) throw new Error(`${route.path} has no ${method}`)
    const response = await handler(request, { params: Promise.resolve(id === undefined ? undefined : { id }) })
    return { status: response.status, headers: response.headers, body: (await response.json()) as Answer['body'] }
  }
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replace('{id}', '([^/]+)')}$`)
}

function fallback(routes: readonly Route[]): Route {
  const found = routes.find(({ path }) => path.includes('[[...'))
  if (found === undefined) throw new Error('nothing answers for what is not there')
  return found
}

/** A key of this MSP. */
export async function keyOf(msp: TestMsp, ...scopes: ApiScope[]): Promise<string> {
  const owner = { kind: 'staff', tenantId: msp.tenantId, staffId: msp.staffId, role: 'owner' } as const
  const made = await makeApiKey(owner, { name: 'Ticket robot', scopes })
  if (!made.ok) throw new Error(made.because)
  return made.key
}
