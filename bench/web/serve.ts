import { Agent, request as send } from 'node:http'
import { cpuMs, look } from '../measure/processes.ts'
import type { Web } from './start-web.ts'

export type Ask = { path: string; method?: 'GET' | 'POST'; headers?: Record<string, string>; body?: string }
export type Served = { cpuMs: number; latenciesMs: number[]; perSecond: number }

/** One exchange, read to its end. @returns the body @throws Error for anything but a 200 */
export function exchange(web: Web, { path, method = 'GET', headers = {}, body }: Ask, agent?: Agent): Promise<string> {
  return new Promise((done, fail) => {
    const outgoing = send(`${web.url}${path}`, { method, agent, headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', fail)
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8')
        if (response.statusCode === 200) done(text)
        else fail(new Error(`${method} ${path} answered ${response.statusCode}: ${text.slice(0, 300)}`))
      })
    })
    outgoing.on('error', fail)
    outgoing.end(body)
  })
}

/**
 * CPU of the web process per request, with a few under way, and what a single visitor waits.
 * @param ask makes the n-th request
 */
export async function serve(
  web: Web,
  ask: (at: number) => Ask,
  { count, alone, atOnce = 4 }: { count: number; alone: number; atOnce?: number },
): Promise<Served> {
  // Of its own for each measurement: between two of them the server hangs up on idle connections.
  const agent = new Agent({ keepAlive: true })
  const before = look()
  const began = performance.now()
  const left = Array.from({ length: count }, (_, at) => at).values()
  const hand = async () => {
    for (const at of left) await exchange(web, ask(at), agent)
  }
  await Promise.all(Array.from({ length: atOnce }, hand))
  const wallMs = performance.now() - began
  const used = cpuMs(before, look(), web.pid) / count
  const latenciesMs: number[] = []
  for (let at = count; at < count + alone; at += 1) {
    const from = performance.now()
    await exchange(web, ask(at), agent)
    latenciesMs.push(performance.now() - from)
  }
  agent.destroy()
  return { cpuMs: used, latenciesMs, perSecond: (count / wallMs) * 1000 }
}
