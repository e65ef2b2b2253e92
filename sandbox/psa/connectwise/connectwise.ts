import type { SandboxContext } from '../../kernel/context.ts'
import { Faults } from '../../kernel/faults.ts'
import { type Answer, type Asked, type Service, startService } from '../../kernel/service.ts'
import type { PsaInvoiceChange, PsaPaymentChange } from '../../world/psa-change.ts'
import type { WorldClient } from '../../world/world.ts'
import { Callbacks } from './callbacks.ts'
import { makeCollections } from './collections.ts'
import { handleControl } from './controls.ts'
import { authenticate, type ConnectwiseCredentials, makeCredentials, makeMembers } from './members.ts'
import type { Options } from './options.ts'
import { Psa } from './psa.ts'
import { notFound, Refusal } from './refusal.ts'
import { makeRouter } from './router.ts'
import { makeRoutes } from './routes.ts'
import { scheduleAgreements } from './run-agreements.ts'
import { makeThrottle, tooMany } from './throttle.ts'

export type { ConnectwiseCredentials } from './members.ts'

export type ConnectwiseService = Service & {
  /** Where the API begins, with the alias that every build answers to. */
  baseUrl: string
  credentials: ConnectwiseCredentials
  /** The switches; write to them freely. */
  options: Options
  /** For the bridge to the books: what the PSA knows about a client. */
  client: (id: number) => WorldClient | undefined
  /** The same: what the invoices of this PSA do from now on. */
  onInvoice: (listener: (change: PsaInvoiceChange) => void) => void
  onPayment: (listener: (change: PsaPaymentChange) => void) => void
  /** Resolves when every callback so far was delivered, or given up. */
  idle: () => Promise<void>
}

/** The ConnectWise PSA of the world's MSP: its REST API, its callbacks, and our controls below `/_sandbox/`. */
export async function startConnectwise(context: SandboxContext): Promise<ConnectwiseService> {
  const { clock, world, seed, happened } = context
  const companyId = world.msp.key
  const credentials = makeCredentials(seed, companyId)
  const members = makeMembers(credentials)
  const faults = new Faults()
  const psa = new Psa(world, clock)
  const callbacks = new Callbacks({ psa, clock, faults, companyId, seed, happened })
  const routes = makeRouter(makeRoutes({ psa, callbacks, collections: makeCollections(psa) }))
  const throttle = makeThrottle(psa)

  const answer = (asked: Asked): Answer => {
    const info = /^\/login\/companyinfo\/([^/]+)$/.exec(asked.path)
    if (info !== null) return companyInfo(psa, asked, info[1] === companyId, companyId)
    const [, segment = '', rest] = /^\/([^/]+)\/apis\/3\.0\/(.*)$/.exec(asked.path) ?? []
    const isCurrent = segment === psa.options.codebase || (psa.options.aliasAccepted && segment === 'v4_6_release')
    if (rest === undefined || !isCurrent) throw notFound()
    const member = authenticate(asked, companyId, members)
    throttle()
    const { route, ids } = routes(asked.method, rest)
    refuseOtherMedia(asked)
    return misled(psa, route.handle({ asked, member, ids, method: asked.method }))
  }

  const service = await startService({
    name: 'connectwise',
    system: 'connectwise',
    port: context.port('connectwise'),
    clock,
    faults,
    happened,
    refuse: (status) => (status === 429 ? tooMany(psa) : broken()),
    handle: (asked) => {
      try {
        if (asked.path.startsWith('/_sandbox/')) return handleControl({ psa, callbacks }, asked)
        return versioned(asked, spoilt(psa, asked, answer(asked)))
      } catch (error) {
        const refusal = error instanceof Refusal ? error : new Refusal(500, 'ConnectWiseApi', String(error))
        return versioned(asked, refusal.answer())
      }
    },
  })
  psa.baseUrl = `${service.url}/v4_6_release/apis/3.0`
  callbacks.serveKeyAt(service.url)
  scheduleAgreements(psa, clock)
  return {
    ...service,
    baseUrl: psa.baseUrl,
    credentials,
    options: psa.options,
    client: (id) => psa.clients.get(id)?.client,
    onInvoice: (listener) => void psa.onInvoice.push(listener),
    onPayment: (listener) => void psa.onPayment.push(listener),
    idle: () => callbacks.idle(),
  }
}

/** Discovery without credentials; the codebase ends with a slash. */
function companyInfo(psa: Psa, asked: Asked, isKnown: boolean, companyId: string): Answer {
  if (!isKnown || asked.method !== 'GET') throw notFound('Company')
  return {
    status: 200,
    body: {
      CompanyName: psa.msp.name,
      Codebase: `${psa.options.codebase}/`,
      VersionCode: 'v2026.1',
      VersionNumber: 'v4.6.127843',
      CompanyID: companyId,
      IsCloud: true,
      SiteUrl: asked.headers.host ?? '',
    },
  }
}

function refuseOtherMedia({ method, headers }: Asked): void {
  if (!['POST', 'PUT', 'PATCH'].includes(method) || headers['content-length'] === '0') return
  if (headers['content-type'] !== undefined && !/^application\/([\w.]+\+)?json\b/.test(headers['content-type'])) {
    throw new Refusal(415, 'UnsupportedMediaType', 'Send application/json')
  }
}

/** A list that says less than there is, where the switch is set. */
function misled(psa: Psa, answer: Answer): Answer {
  if (!Array.isArray(answer.body) || psa.options.lists === 'whole') return answer
  const rows: unknown[] = answer.body
  if (psa.options.lists === 'empty') return { status: 200, body: [] }
  return { ...answer, body: rows.slice(0, Math.ceil(rows.length / 2)) }
}

/** Says of an answer that it holds a row gone wrong on purpose: it is not held against the vendor's description. */
function spoilt(psa: Psa, { method, path }: Asked, answer: Answer): Answer {
  if (method !== 'GET' || !/\/finance\/invoices(\/\d+)?$/.test(path) || Buffer.isBuffer(answer.body)) return answer
  const rows = (Array.isArray(answer.body) ? answer.body : [answer.body]) as ({ id?: unknown } | undefined)[]
  const isBad = rows.some((row) => typeof row?.id === 'number' && psa.invoices.get(row.id)?.bad !== undefined)
  return isBad ? { ...answer, fault: 'bad-row' } : answer
}

/** Answers in JSON carry the vendor's media type and the version that was asked for. */
function versioned(asked: Asked, answer: Answer): Answer {
  if (answer.body === undefined || Buffer.isBuffer(answer.body)) return answer
  const version = /version=([\d.]+)/.exec(asked.headers.accept ?? '')?.[1] ?? '2026.1'
  const type = `application/vnd.connectwise.com+json; version=${version}; charset=utf-8`
  return { ...answer, headers: { 'content-type': type, ...answer.headers } }
}

function broken(): Answer {
  return new Refusal(500, 'ConnectWiseApi', 'An unexpected error occurred.').answer()
}
