import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { SimClock } from './clock.ts'
import { type CallFault, Faults } from './faults.ts'
import { trace } from './trace.ts'

/** One request as a stand-in sees it. Header names are lower case; `body` is the text as it came. */
export type Asked = {
  method: string
  path: string
  /** Raw, without the question mark. */
  query: string
  params: URLSearchParams
  headers: Record<string, string>
  body: string
  remoteAddress: string
}

/** What a stand-in answers. An object body is sent as JSON. `fault` names what is wrong with it on purpose. */
export type Answer = {
  status: number
  headers?: Record<string, string>
  body?: string | Buffer | object
  fault?: string
}

/** A line for the page's "What just happened". */
export type Happening = { at: string; service: string; what: string; outcome: string }

export type ServiceOptions = {
  name: string
  /** Name of the system in traces; absent for services that have no vendor behind them. */
  system?: string
  /** Which of its traffic is the vendor's documented interface; all of it when absent. */
  traced?: (asked: Asked) => boolean
  port: number
  clock: SimClock
  faults?: Faults
  handle: (asked: Asked) => Answer | Promise<Answer>
  /** The vendor's own words for a 429 or a 500. */
  refuse: (status: 429 | 500, asked: Asked) => Answer
  happened?: (happening: Happening) => void
}

export type Service = { name: string; url: string; port: number; faults: Faults; close: () => Promise<void> }

/** Starts a stand-in on its port (0: any free one). Faults and traces are handled here, so that no stand-in sees them. */
export async function startService(options: ServiceOptions): Promise<Service> {
  const faults = options.faults ?? new Faults()
  const server = createServer((request, response) => {
    void serve(options, faults, request, response)
  })
  // As vendors' front ends do. Node's own five seconds end just when a busy caller takes the connection up again.
  server.keepAliveTimeout = 65_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return { name: options.name, url: `http://127.0.0.1:${port}`, port, faults, close: () => closeServer(server) }
}

async function serve(options: ServiceOptions, faults: Faults, request: IncomingMessage, response: ServerResponse) {
  const asked = await read(request)
  const isOurs = asked.path.startsWith('/_sandbox') // controls are not the vendor's: no faults, no trace
  const fault = isOurs ? undefined : faults.draw(asked.method, asked.path)
  if (faults.latencyMs > 0 && !isOurs) await pause(faults.latencyMs)
  const answer = await answerTo(options, asked, fault)
  if (!isOurs) record(options, asked, fault, answer)
  if (fault === 'timeout-before' || fault === 'timeout-after') {
    setTimeout(() => request.socket.destroy(), faults.holdMs).unref()
    return
  }
  if (fault === 'reset-before' || fault === 'reset-after') {
    request.socket.destroy()
    return
  }
  send(response, answer, fault === 'truncated', asked.method === 'HEAD')
}

async function answerTo(options: ServiceOptions, asked: Asked, fault: CallFault | undefined): Promise<Answer> {
  switch (fault) {
    case 'rate-limit':
      return options.refuse(429, asked)
    case 'error-before':
    case 'timeout-before':
    case 'reset-before':
      return options.refuse(500, asked)
    case 'html':
      return { status: 200, headers: { 'content-type': 'text/html' }, body: '<!doctype html><title>Sign in</title>' }
    default: {
      const answer = await handled(options, asked)
      return fault === 'error-after' ? options.refuse(500, asked) : answer
    }
  }
}

/** A mistake of the stand-in's own is told as the vendor's 500 and on stderr: it must not end the world. */
async function handled(options: ServiceOptions, asked: Asked): Promise<Answer> {
  try {
    return await options.handle(asked)
  } catch (error) {
    console.error(`${options.name}: ${asked.method} ${asked.path}`, error)
    return { ...options.refuse(500, asked), fault: 'stand-in broken' }
  }
}

function record(options: ServiceOptions, asked: Asked, fault: CallFault | undefined, answer: Answer): void {
  const at = options.clock.now().toISOString()
  options.happened?.({
    at,
    service: options.name,
    what: `${asked.method} ${asked.path}`,
    outcome: fault ?? String(answer.status),
  })
  if (options.system === undefined || options.traced?.(asked) === false) return
  const { method, path, query, headers, body } = asked
  const isUnanswered = fault !== undefined && /^(timeout|reset)/.test(fault)
  trace({
    system: options.system,
    at,
    fault: fault ?? answer.fault ?? null,
    request: { method, path, query, headers, body },
    response: isUnanswered
      ? null
      : { status: answer.status, headers: headersOf(answer), body: bodyOf(answer).toString('utf8') },
  })
}

async function read(request: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const [path = '/', query = ''] = (request.url ?? '/').split('?', 2)
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  )
  return {
    method: request.method ?? 'GET',
    path,
    query,
    params: new URLSearchParams(query),
    headers,
    body: Buffer.concat(chunks).toString('utf8'),
    remoteAddress: request.socket.remoteAddress ?? '',
  }
}

function headersOf(answer: Answer): Record<string, string> {
  const json = typeof answer.body === 'object' && !Buffer.isBuffer(answer.body)
  return { ...(json ? { 'content-type': 'application/json; charset=utf-8' } : {}), ...answer.headers }
}

function bodyOf(answer: Answer): Buffer {
  if (answer.body === undefined) return Buffer.alloc(0)
  if (Buffer.isBuffer(answer.body)) return answer.body
  return Buffer.from(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body))
}

function send(response: ServerResponse, answer: Answer, truncated: boolean, bodiless: boolean): void {
  const body = bodyOf(answer)
  response.writeHead(answer.status, {
    ...headersOf(answer),
    ...(answer.status === 204 ? {} : { 'content-length': body.length }),
  })
  if (truncated) {
    response.write(body.subarray(0, Math.floor(body.length / 2)))
    response.socket?.destroySoon()
    return
  }
  response.end(bodiless ? undefined : body)
}

function closeServer(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
