import { z } from 'zod'
import { SimClock } from '../../kernel/clock.ts'
import type { Happening } from '../../kernel/service.ts'
import { seedWorld } from '../../world/seed-world.ts'
import type { World } from '../../world/world.ts'
import { type QuickbooksService, startQuickbooksOnline } from './start-quickbooks-online.ts'

export type Reply = { status: number; text: string; body: unknown; headers: Headers }

const row = z.looseObject({ Id: z.string(), SyncToken: z.string() })
export type Row = z.infer<typeof row>
const fault = z.object({ Fault: z.object({ Error: z.array(z.object({ code: z.string() })) }) })

/** A client as simple as an HTTP tool, for the tests of this folder. */
export class Client {
  readonly service: QuickbooksService
  readonly clock: SimClock
  readonly happenings: Happening[]
  accessToken: string
  private requests = 0

  private constructor(service: QuickbooksService, clock: SimClock, happenings: Happening[]) {
    this.service = service
    this.clock = clock
    this.happenings = happenings
    this.accessToken = service.credentials.accessToken
  }

  static async start(
    world: World = seedWorld({ seed: 'books', scale: 0.1, today: '2026-11-20' }),
    isMulticurrency = false,
  ): Promise<Client> {
    const clock = new SimClock(new Date('2026-11-20T15:42:00Z'))
    const happenings: Happening[] = []
    const happened = (happening: Happening) => happenings.push(happening)
    const context = { clock, world, seed: 'test', port: () => 0, happened }
    const service = await startQuickbooksOnline(context, isMulticurrency)
    const client = new Client(service, clock, happenings)
    await client.control('limits', { limits: null })
    return client
  }

  async stop(): Promise<void> {
    this.clock.stop()
    await this.service.close()
  }

  async ask(path: string, init: RequestInit = {}): Promise<Reply> {
    const response = await fetch(`${this.service.url}${path}`, { redirect: 'manual', ...init })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json') ?? false
    const body: unknown = isJson ? JSON.parse(text) : undefined
    return { status: response.status, text, body, headers: response.headers }
  }

  get(path: string, params: Record<string, string> = {}): Promise<Reply> {
    return this.ask(this.address(path, params), { headers: this.headers() })
  }

  post(path: string, sent: object, params: Record<string, string> = {}): Promise<Reply> {
    this.requests += 1
    return this.ask(this.address(path, { requestid: `test-${this.requests}`, ...params }), {
      method: 'POST',
      headers: { ...this.headers(), 'content-type': 'application/json' },
      body: JSON.stringify(sent),
    })
  }

  control(path: string, sent?: object): Promise<Reply> {
    return this.ask(`/_sandbox/${path}`, sent === undefined ? {} : { method: 'POST', body: JSON.stringify(sent) })
  }

  /** Posts a record and gives it back as answered; fails when it is refused. */
  async write(entity: string, sent: object, params: Record<string, string> = {}): Promise<Row> {
    const reply = await this.post(entity.toLowerCase(), sent, params)
    return z
      .object({ [entity]: row })
      .transform((body) => row.parse(body[entity]))
      .parse(reply.body)
  }

  async read(entity: string, id: string): Promise<Row> {
    const reply = await this.get(`${entity.toLowerCase()}/${id}`)
    return z
      .object({ [entity]: row })
      .transform((body) => row.parse(body[entity]))
      .parse(reply.body)
  }

  async rows(entity: string, rest = ''): Promise<Row[]> {
    const reply = await this.get('query', { query: `select * from ${entity} ${rest}` })
    const rows = z.object({ QueryResponse: z.looseObject({ [entity]: z.array(row).default([]) }) }).parse(reply.body)
    return z.array(row).parse(rows.QueryResponse[entity])
  }

  /** The first record that fits; there must be one. */
  async first(entity: string, rest = ''): Promise<Row> {
    const [found] = await this.rows(entity, rest)
    if (found === undefined) throw new Error(`No ${entity} ${rest}`)
    return found
  }

  token(form: Record<string, string>, headers: Record<string, string> = {}): Promise<Reply> {
    return this.ask('/oauth2/v1/tokens/bearer', {
      method: 'POST',
      headers: {
        authorization: this.basic(),
        'content-type': 'application/x-www-form-urlencoded',
        accept: 'application/json',
        ...headers,
      },
      body: new URLSearchParams(form).toString(),
    })
  }

  basic(): string {
    const { clientId, clientSecret } = this.service.credentials
    return `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`
  }

  private address(path: string, params: Record<string, string>): string {
    const query = new URLSearchParams({ minorversion: '75', ...params })
    return `/v3/company/${this.service.credentials.realmId}/${path}?${query}`
  }

  private headers(): Record<string, string> {
    return { authorization: `Bearer ${this.accessToken}`, accept: 'application/json' }
  }
}

/**
 * Runs a call that breaks the interface on purpose without recording it, so that the trace of a test run holds only
 * what a correct client sends.
 */
export async function untraced<T>(run: () => Promise<T>): Promise<T> {
  const folder = process.env.SANDBOX_TRACE
  process.env.SANDBOX_TRACE = ''
  try {
    return await run()
  } finally {
    process.env.SANDBOX_TRACE = folder ?? ''
  }
}

/** The code of a refusal, or a word when there is none. */
export function faultCode(reply: Reply): string {
  return fault.safeParse(reply.body).data?.Fault.Error[0]?.code ?? `no fault, ${reply.status}`
}
