import 'server-only'
import { withTenant } from '@/lib/base/db'
import { Fault } from '@/lib/base/fault'
import { hashOf, newId } from '@/lib/base/ids'
import { log } from '@/lib/base/log'
import { admit } from './admit'
import { ApiError, invalid } from './api-error'
import type { AnyOperation } from './operation'
import { readJson, readQuery, readText } from './read-sent'
import { type Said, sayOnce } from './say-once'

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
type Method = (typeof methods)[number]
/** An address without a variable part has no parameters at all: Next gives undefined, not an empty object. */
type Params = Promise<object | undefined>
type Handler = (request: Request, context: { params: Params }) => Promise<Response>

/** The handlers of one address: an operation for each method it has, and words for the others. */
export function serve(...operations: readonly AnyOperation[]): Record<Method, Handler> {
  const handler = (method: Method): Handler => {
    const found = operations.find((one) => one.method === method)
    return found === undefined ? refuse(operations) : (request, { params }) => answer(found, request, params)
  }
  return {
    GET: handler('GET'),
    POST: handler('POST'),
    PUT: handler('PUT'),
    PATCH: handler('PATCH'),
    DELETE: handler('DELETE'),
  }
}

/** Admits, reads, does and answers, in this order; whatever goes wrong has the one shape and a request id. */
async function answer(one: AnyOperation, request: Request, params: Params): Promise<Response> {
  const requestId = newRequestId()
  const headers = new Headers()
  try {
    const actor = await admit(request, one, headers)
    const said = await act(one, request, actor, ((await params) ?? {}) as { id?: string })
    if (said.isReplay) headers.set('idempotent-replayed', 'true')
    log.info({ requestId, tenantId: actor.tenantId, keyId: actor.keyId, operation: one.id }, 'api.answered')
    return respond(said, requestId, headers)
  } catch (error) {
    const refusal = refusalOf(error)
    if (refusal.status >= 500) log.error({ requestId, operation: one.id, error }, 'api.failed')
    else log.info({ requestId, operation: one.id, status: refusal.status, code: refusal.code }, 'api.refused')
    for (const [name, value] of Object.entries(refusal.headers)) headers.set(name, value)
    return respond(bodyOf(refusal, requestId), requestId, headers)
  }
}

async function act(
  one: AnyOperation,
  request: Request,
  actor: Awaited<ReturnType<typeof admit>>,
  { id }: { id?: string },
): Promise<Said> {
  const url = new URL(request.url)
  const text = one.method === 'POST' ? await readText(request) : ''
  const asked = { query: readQuery(url), body: readJson(request, text), ...(id === undefined ? {} : { id }) }
  const run = one.prepare(asked)
  const key = one.method === 'POST' ? readIdempotencyKey(request) : undefined
  return withTenant(actor.tenantId, async (tx): Promise<Said> => {
    const make = async () => ({ status: one.status ?? 200, body: JSON.stringify(await run(tx, actor)) })
    if (key === undefined) return { ...(await make()), isReplay: false }
    return sayOnce(tx, key, hashOf([one.method, url.pathname, url.search, text]), make)
  })
}

function readIdempotencyKey(request: Request): string | undefined {
  const key = request.headers.get('idempotency-key')
  if (key === null) return undefined
  if (!/^[\x21-\x7e]{1,255}$/.test(key))
    throw invalid('idempotency_key_invalid', 'Idempotency-Key: 1 to 255 letters, digits or signs, without spaces.')
  return key
}

/** A fault inside is told apart only as far as the caller can act on it. */
function refusalOf(error: unknown): ApiError {
  if (error instanceof ApiError) return error
  const busy = error instanceof Fault && error.kind === 'busy'
  return busy
    ? new ApiError(503, 'api_error', 'busy', 'We are busy at this moment. Ask again shortly.', {
        headers: { 'retry-after': '5' },
      })
    : new ApiError(500, 'api_error', 'internal', 'Something failed on our side, and is logged under this request id.')
}

/** An address that has other methods, or is none of ours. */
export function refuse(operations: readonly AnyOperation[]): Handler {
  return async (request) => {
    const requestId = newRequestId()
    const { pathname } = new URL(request.url)
    const allowed = operations.map(({ method }) => method).join(', ')
    const refusal =
      operations.length === 0
        ? new ApiError(
            404,
            'invalid_request_error',
            'address_unknown',
            `There is nothing at ${pathname.slice(0, 200)}. Every address is in /api/v1/openapi.json.`,
          )
        : new ApiError(
            405,
            'invalid_request_error',
            'method_not_allowed',
            `${pathname.slice(0, 200)} answers ${allowed}, not ${request.method}.`,
            { headers: { allow: allowed } },
          )
    return respond(bodyOf(refusal, requestId), requestId, new Headers(refusal.headers))
  }
}

function bodyOf(refusal: ApiError, requestId: string): { status: number; body: string } {
  return { status: refusal.status, body: JSON.stringify(refusal.body(requestId)) }
}

function respond({ status, body }: { status: number; body: string }, requestId: string, headers: Headers): Response {
  headers.set('content-type', 'application/json; charset=utf-8')
  headers.set('cache-control', 'no-store')
  headers.set('request-id', requestId)
  return new Response(body, { status, headers })
}

function newRequestId(): string {
  return `req_${newId().replaceAll('-', '')}`
}
