import 'server-only'
import { lookup as resolve } from 'node:dns'
import { type IncomingMessage, Agent as PlainAgent, type RequestOptions, request as requestPlain } from 'node:http'
import { request as requestSecure, Agent as SecureAgent } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { createGunzip } from 'node:zlib'
import { isSandbox } from '@/lib/base/env'
import { ConnectorFault } from './connector-fault'
import { isOutside } from './outside-address'

export type HttpCall = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  url: string | URL
  headers?: Record<string, string>
  body?: string
  /** Whether it changes something there. A write is sent once; a lost answer to it is `unknown`. Default: not a GET. */
  writes?: boolean
  timeoutMs?: number
  sizeMax?: number
}
export type HttpAnswer = { status: number; headers: Headers; text: string }

export type JsonAnswer = { answer: HttpAnswer; value: unknown }

/** A vendor's reading of an answer: undefined when it is a good one. */
export type Judge = (answer: HttpAnswer, call: HttpCall) => ConnectorFault | undefined

/** Names that are looked up inside only: our own machine, single words, and what local networks call themselves. */
const insideName = /^(?:[^.]+|.+\.(?:localhost|local|internal))\.?$/i

const TIMEOUT_MS = 30_000
const SIZE_MAX = 32 * 1024 * 1024
const READ_TRIES = 3
/** A longer wait is the job queue's, not a socket's. */
const PATIENCE_MS = 5_000

/**
 * The one way out for connectors. Reads are tried three times where the cure is to retry and the vendor does not ask to
 * wait longer than five seconds; writes never. Redirects are not followed. Outside the sandbox only https, and only to
 * addresses of the open internet, checked at the very address the socket connects to.
 * @throws ConnectorFault as `judge` says; `retry` when nothing was sent or only read; `unknown` when a write's answer was lost
 */
export async function call(request: HttpCall, judge: Judge): Promise<HttpAnswer> {
  const isWrite = writes(request)
  for (let tried = 1; ; tried += 1) {
    const fault = await attempt(request, judge)
    if (!(fault instanceof ConnectorFault)) return fault
    const waitMs = fault.retryAfterMs ?? 200 * 2 ** tried * (0.75 + Math.random() / 2)
    if (isWrite || fault.cure !== 'retry' || tried >= READ_TRIES || waitMs > PATIENCE_MS) throw fault
    await new Promise((done) => setTimeout(done, waitMs))
  }
}

/**
 * The same for answers in JSON. A page of HTML with status 200, or half a body, is a lost answer, not an empty one.
 * `value` is undefined for an empty body.
 */
export async function callJson(request: HttpCall, judge: Judge): Promise<JsonAnswer> {
  let value: unknown
  const answer = await call(request, (given, asked) => {
    const fault = judge(given, asked)
    if (fault !== undefined) return fault
    try {
      value = given.text === '' ? undefined : JSON.parse(given.text)
      return undefined
    } catch (cause) {
      const type = given.headers.get('content-type') ?? 'no type'
      const words = `Expected JSON, got ${type}: ${given.text.slice(0, 80)}`
      return new ConnectorFault(writes(asked) ? 'unknown' : 'retry', words, { cause })
    }
  })
  return { answer, value }
}

/** Whether a call changes something there. */
export function writes(request: HttpCall): boolean {
  return request.writes ?? request.method !== 'GET'
}

/** What `Retry-After` asks, in seconds or as a date. */
export function retryAfterOf(headers: Headers, at: Date): number | undefined {
  const value = headers.get('retry-after')
  if (value === null) return undefined
  const ms = /^\d+$/.test(value.trim()) ? Number(value) * 1000 : Date.parse(value) - at.getTime()
  return Number.isNaN(ms) ? undefined : Math.max(0, ms)
}

/**
 * The reading that most vendors share: 401 and 403 reconnect, 429 and 5xx retry (a write answered 5xx may have happened:
 * unknown), other 4xx mean that this item cannot go through. `words` finds the vendor's own sentence in the body.
 */
export function usualJudge(words: (answer: HttpAnswer) => { message: string; code?: string }): Judge {
  return (answer, request) => {
    const { status, headers } = answer
    if (status >= 200 && status < 300) return undefined
    const { message, code } = words(answer)
    const details = code === undefined ? {} : { code }
    const said = `${status}: ${message}`
    if (status === 429) {
      const retryAfterMs = retryAfterOf(headers, new Date())
      return new ConnectorFault('retry', said, { ...details, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) })
    }
    if (status >= 500 || status === 408) {
      return new ConnectorFault(writes(request) ? 'unknown' : 'retry', said, details)
    }
    if (status === 401 || status === 403) return new ConnectorFault('reconnect', said, details)
    if (status >= 300 && status < 400)
      return new ConnectorFault('stop', `${status}: it points elsewhere, which we do not follow`, details)
    return new ConnectorFault('skip', said, details)
  }
}

async function attempt(request: HttpCall, judge: Judge): Promise<HttpAnswer | ConnectorFault> {
  const url = new URL(request.url)
  const refused = refusalOf(url)
  if (refused !== undefined) return new ConnectorFault('stop', refused)
  const sent = { yes: false }
  try {
    const answer = await exchange(url, request, sent)
    return judge(answer, request) ?? answer
  } catch (cause) {
    if (cause instanceof ConnectorFault) return cause
    const what = cause instanceof Error ? cause.message : String(cause)
    if (cause instanceof Oversized && !writes(request)) return new ConnectorFault('stop', cause.message)
    // A write that never left us did not happen; one that did may have.
    return new ConnectorFault(
      writes(request) && sent.yes ? 'unknown' : 'retry',
      `${url.host} did not answer: ${what}`,
      {
        cause,
      },
    )
  }
}

/** Why an address is never asked, as far as it can be told without resolving its name. */
export function refusalOf(url: URL): string | undefined {
  if (isSandbox()) return undefined
  if (url.protocol !== 'https:') return `Only https is spoken: ${url.protocol}//${url.host}`
  if (url.username !== '' || url.password !== '') return 'Credentials do not belong into an address'
  const literal = url.hostname.replace(/^\[|\]$/g, '')
  const isInside = isIP(literal) !== 0 ? !isOutside(literal) : insideName.test(literal)
  if (isInside) return `${literal} is not an address of the open internet`
  return undefined
}

/** Resolves once and hands the socket only addresses that passed: what is checked is what is connected to. */
const guardedLookup: LookupFunction = (hostname, options, done) => {
  resolve(hostname, { ...options, all: true }, (error, found) => {
    if (error !== null) return done(error, [])
    const inner = isSandbox() ? undefined : found.find(({ address }) => !isOutside(address))
    if (inner !== undefined)
      return done(new ConnectorFault('stop', `${hostname} leads to ${inner.address}, inside a private network`), [])
    const [first] = found
    if (options.all === true) done(null, found)
    else done(null, first?.address ?? '', first?.family)
  })
}

const agentOptions = { keepAlive: true, maxSockets: 16, lookup: guardedLookup, timeout: 60_000 }
const plainAgent = new PlainAgent(agentOptions)
const secureAgent = new SecureAgent(agentOptions)

function exchange(url: URL, request: HttpCall, sent: { yes: boolean }): Promise<HttpAnswer> {
  const isPlain = url.protocol === 'http:'
  const body = request.body === undefined ? undefined : Buffer.from(request.body)
  const options: RequestOptions = {
    method: request.method,
    agent: isPlain ? plainAgent : secureAgent,
    headers: {
      'accept-encoding': 'gzip',
      'user-agent': 'Closeloop',
      ...request.headers,
      ...(body === undefined ? {} : { 'content-length': body.length }),
    },
  }
  const timeoutMs = request.timeoutMs ?? TIMEOUT_MS
  return new Promise((done, fail) => {
    const outgoing = (isPlain ? requestPlain : requestSecure)(url, options)
    // One deadline for the whole exchange; a signal would cost more than the rest of the call.
    const deadline = setTimeout(() => outgoing.destroy(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs)
    const end = (settle: () => void) => {
      clearTimeout(deadline)
      settle()
    }
    outgoing.on('error', (error) => end(() => fail(error)))
    outgoing.on('response', (incoming) => {
      readAll(incoming, request.sizeMax ?? SIZE_MAX).then(
        (text) => end(() => done(new Answer(incoming, text))),
        (error: unknown) => end(() => fail(error)),
      )
    })
    outgoing.on('socket', (socket) => {
      if (socket.connecting) socket.once('connect', () => (sent.yes = true))
      else sent.yes = true
    })
    outgoing.end(body)
  })
}

/** Headers are only built for those who look at them. */
class Answer implements HttpAnswer {
  readonly status: number
  readonly text: string
  readonly #incoming: IncomingMessage

  constructor(incoming: IncomingMessage, text: string) {
    this.status = incoming.statusCode ?? 0
    this.text = text
    this.#incoming = incoming
  }

  get headers(): Headers {
    return headersOf(this.#incoming)
  }
}

/** By events: an iterator over the chunks of each of a thousand small answers costs more than reading them. */
function readAll(incoming: IncomingMessage, sizeMax: number): Promise<string> {
  const isZipped = incoming.headers['content-encoding'] === 'gzip'
  const source = isZipped ? incoming.pipe(createGunzip()) : incoming
  const chunks: Buffer[] = []
  let size = 0
  return new Promise((done, fail) => {
    source.on('data', (chunk: Buffer) => {
      size += chunk.length
      chunks.push(chunk)
      if (size <= sizeMax) return
      fail(new Oversized(`the answer is larger than ${sizeMax} bytes`))
      incoming.destroy()
    })
    const failIfCut = () => {
      if (!incoming.complete) fail(new Error('the answer broke off'))
    }
    source.on('error', fail).on('end', () => {
      failIfCut()
      done(Buffer.concat(chunks).toString('utf8'))
    })
    incoming.on('error', fail).on('close', failIfCut)
  })
}

class Oversized extends Error {}

function headersOf(incoming: IncomingMessage): Headers {
  const headers = new Headers()
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value)
  }
  return headers
}
