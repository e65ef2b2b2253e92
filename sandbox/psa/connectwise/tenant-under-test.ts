import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SimClock } from '../../kernel/clock.ts'
import { seedWorld } from '../../world/seed-world.ts'
import { type ConnectwiseService, startConnectwise } from './connectwise.ts'

const today = '2026-11-20'

/** A row as it came over the wire; tests read what they expect. */
export type Row = Record<string, unknown>
export type Reply<Body> = { status: number; headers: Headers; body: Body }

/** A running stand-in at ten in the morning of 20 November 2026, its clock paused, and a caller for it. */
export async function tenantUnderTest(scale = 1) {
  const clock = new SimClock(new Date(`${today}T15:00:00Z`))
  clock.pause()
  const world = seedWorld({ seed: 'demo', scale, today })
  const service = await startConnectwise({ clock, world, seed: 'demo', port: () => 0, happened: () => undefined })
  return {
    clock,
    world,
    service,
    call: caller(service),
    control: <Body = object>(method: string, path: string, body?: object) =>
      send<Body>(`${service.url}/_sandbox/${path}`, method, { 'content-type': 'application/json' }, body),
    close: async () => {
      clock.stop()
      await service.close()
    },
  }
}

/** Calls the API as the product would; header overrides of `undefined` leave a header out. */
function caller(service: ConnectwiseService) {
  const { companyId, publicKey, privateKey, clientId } = service.credentials
  const usual = {
    authorization: `Basic ${btoa(`${companyId}+${publicKey}:${privateKey}`)}`,
    clientid: clientId,
    accept: 'application/vnd.connectwise.com+json; version=2025.1',
  }
  return <Body = Row>(
    method: string,
    path: string,
    body?: object,
    headers: Record<string, string | undefined> = {},
  ): Promise<Reply<Body>> => {
    const url = path.startsWith('http') ? path : `${service.baseUrl}/${path}`
    const media = body === undefined ? {} : { 'content-type': 'application/json' }
    return send<Body>(url, method, { ...usual, ...media, ...headers }, body)
  }
}

async function send<Body>(
  url: string,
  method: string,
  headers: Record<string, string | undefined>,
  body?: object,
): Promise<Reply<Body>> {
  const sent = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined)
  const init = {
    method,
    headers: Object.fromEntries(sent),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }
  const response = await fetch(url, init)
  const text = await response.text()
  const isJson = /json/.test(response.headers.get('content-type') ?? '')
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text }
}

/** `conditions=…` and other parameters, encoded. */
export function query(params: Record<string, string | number>): string {
  return `?${new URLSearchParams(Object.entries(params).map(([name, value]) => [name, String(value)]))}`
}

/** The address behind a `rel` of a Link header. */
export function linkOf(headers: Headers, rel: string): string | undefined {
  return new RegExp(`<([^>]+)>; rel="${rel}"`).exec(headers.get('link') ?? '')?.[1]
}

/** Amounts come as doubles; this is the one right way to read them. */
export function cents(amount: unknown): number {
  return Math.round(Number(amount) * 100)
}

export type Heard = { url: string; signature: string; raw: string; body: Record<string, unknown> }

/** A receiver of callbacks that answers `statuses` in turn, then 200. */
export async function listenForCallbacks(statuses: number[] = []) {
  const heard: Heard[] = []
  const server = createServer((request, response) => {
    let raw = ''
    request.on('data', (chunk: Buffer) => {
      raw += chunk.toString('utf8')
    })
    request.on('end', () => {
      const signature = String(request.headers['x-content-signature'])
      heard.push({ url: request.url ?? '', signature, raw, body: JSON.parse(raw) })
      response.writeHead(statuses.shift() ?? 200).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { heard, url: `http://127.0.0.1:${port}/hooks?recordId=`, close: () => server.close() }
}
