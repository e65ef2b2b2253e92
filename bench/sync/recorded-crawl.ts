import { type ChannelListener, channel } from 'node:diagnostics_channel'
import { Agent, type ClientRequest, get } from 'node:http'
import { mapBounded } from '@/lib/connectors/map-bounded'

export type AskedFor = { url: string; headers: Record<string, string> }

/** Notes every request that goes out while `work` runs. */
export async function recordCrawl<Result>(work: () => Promise<Result>): Promise<{ result: Result; asked: AskedFor[] }> {
  const asked: AskedFor[] = []
  const outgoing = channel('http.client.request.start')
  const note: ChannelListener = (message) => {
    const { request } = message as { request: ClientRequest }
    const headers = Object.entries(request.getHeaders()).map(([name, value]) => [name, String(value)])
    asked.push({
      url: `${request.protocol}//${request.getHeader('host')}${request.path}`,
      headers: Object.fromEntries(headers),
    })
  }
  outgoing.subscribe(note)
  try {
    return { result: await work(), asked }
  } finally {
    outgoing.unsubscribe(note)
  }
}

const agent = new Agent({ keepAlive: true, maxSockets: 16 })

/** The same pages once more, with nothing done to them: as many calls at once as the connector has. */
export async function crawlForNothing(asked: readonly AskedFor[]): Promise<void> {
  await mapBounded(asked, 8, ({ url, headers }) => {
    return new Promise<void>((done, fail) => {
      get(url, { agent, headers }, (response) => {
        response.on('error', fail).on('end', done).resume()
      }).on('error', fail)
    })
  })
}
