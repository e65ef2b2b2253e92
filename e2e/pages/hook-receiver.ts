import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Hook = {
  signature: string
  body: string
  event: { id: string; type: string; data: { object: HookObject } }
}
type HookObject = { id: string; object: string; number?: string }

/** Where a program of an MSP hears of what happens: it keeps what came, and answers what `answer` says. */
export async function hookReceiver() {
  const heard: Hook[] = []
  let status = 200
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const part of request) body += part
    heard.push({ signature: String(request.headers['closeloop-signature']), body, event: JSON.parse(body) })
    response.writeHead(status).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    /** What came of this kind about this invoice, by its number or id. */
    about: (type: string, of: string) =>
      heard.filter(({ event }) => event.type === type && [event.data.object.number, event.data.object.id].includes(of)),
    answer: (with_: number) => {
      status = with_
    },
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

type Check = (body: string, header: string, secret: string, toleranceSeconds?: number) => boolean

/** The very code docs/api.md gives to receivers. The world's clock is wound, so any time is recent. */
export async function isSigned({ body, signature }: Hook, secret: string): Promise<boolean> {
  const [, snippet = ''] = /```js\n(.*?)```/s.exec(readFileSync('docs/api.md', 'utf8')) ?? []
  const { isFromCloseloop } = (await import(`data:text/javascript,${encodeURIComponent(snippet)}`)) as {
    isFromCloseloop: Check
  }
  return isFromCloseloop(body, signature, secret, Number.POSITIVE_INFINITY)
}
