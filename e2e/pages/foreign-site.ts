import { once } from 'node:events'
import { createServer, type IncomingMessage, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { stack } from '../support/stack.ts'
import { product } from './product.ts'

/** A site of somebody's own: another origin than the product's, and another site in the browser's eyes. */
export type ForeignSite = { url: string; show: (body: string) => void; close: () => Promise<void> }

/** Serves one page at every path; `show` says what is on it. */
export async function foreignSite(): Promise<ForeignSite> {
  let page = ''
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
    response.end(page)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    show: (body) => {
      page = `<!doctype html><html lang="en"><title>A site</title><link rel="icon" href="data:,">${body}`
    },
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** What a page that embeds the widget holds. What happens there is written to `window.heard`. */
export function embedding(attributes: string, more = ''): string {
  const { web } = stack()
  return `<script>heard = []; for (const type of ['ready', 'processing', 'paid', 'failed', 'saved', 'closed'])
      addEventListener(type, (event) => heard.push({ type, ...event.detail }), true)</script>
    <script src="${web}/embed/v1.js" async></script>
    <h1>Our site</h1><button type="button">Before</button>
    <closeloop-checkout msp="larkfield" ${attributes}><a href="${web}/embed/larkfield">Pay your bill</a></closeloop-checkout>
    <button type="button">After</button>${more}`
}

/** Lets a site frame Larkfield's widget, as its owner would. */
export async function allowSite(url: string): Promise<void> {
  const { addWidgetOrigin } = await product()
  const { owner } = stack()
  const added = await addWidgetOrigin({ kind: 'staff', ...owner, role: 'owner' }, url)
  if (!added.ok) throw new Error(`${url}: ${added.because}`)
}

/** A session for the invoices with these numbers, as Larkfield's own server would ask for it. */
export async function sessionFor(...numbers: string[]): Promise<string> {
  const { withTenant, sql, createCheckoutSession } = await product()
  return withTenant(stack().owner.tenantId, async (tx) => {
    const rows = await tx.rows<{ id: string }>(
      sql`select id from invoices where tenant_id = ${tx.tenantId} and number = any(${numbers}::text[])`,
    )
    const wanted = { scope: 'invoices', invoiceIds: rows.map(({ id }) => id) } as const
    const made = await createCheckoutSession(tx, wanted, { kind: 'api_key', id: 'test' })
    if (!made.ok) throw new Error(made.because)
    return made.token
  })
}

/** A session that lets a visitor save a way to pay for this client. */
export async function savingSessionFor(client: string): Promise<string> {
  const { withTenant, sql, createCheckoutSession } = await product()
  return withTenant(stack().owner.tenantId, async (tx) => {
    const row = await tx.row<{ id: string }>(
      sql`select id from clients where tenant_id = ${tx.tenantId} and name = ${client}`,
    )
    const wanted = { scope: 'method', clientId: row?.id ?? '' } as const
    const made = await createCheckoutSession(tx, wanted, { kind: 'api_key', id: 'test' })
    if (!made.ok) throw new Error(made.because)
    return made.token
  })
}

type Asker = { token?: string; from?: string; headers?: Record<string, string> }

/** Asks what the frame’s own script asks, as whoever writes the request by hand. `from` is a loopback address of theirs. */
export async function askFrame(
  what: string,
  body: object,
  { token = '', from, headers = {} }: Asker = {},
): Promise<{ status: number; body: string }> {
  const { port } = new URL(stack().web)
  const asking = request({
    ...{ host: '127.0.0.1', port, method: 'POST', path: `/embed/larkfield/${what}` },
    ...(from === undefined ? {} : { localAddress: from }),
    headers: {
      'content-type': 'application/json',
      'sec-fetch-site': 'same-origin',
      'sec-fetch-mode': 'cors',
      authorization: `Bearer ${token}`,
      ...headers,
    },
  })
  asking.end(JSON.stringify(body))
  const [answer] = (await once(asking, 'response')) as [IncomingMessage]
  const parts: Buffer[] = []
  for await (const part of answer) parts.push(part as Buffer)
  return { status: answer.statusCode ?? 0, body: Buffer.concat(parts).toString() }
}
