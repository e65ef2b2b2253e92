import { type ChannelListener, channel } from 'node:diagnostics_channel'
import type { ClientRequest } from 'node:http'

/** How charges are set off: so many at once, each followed by the next, or so many a second whatever is still under way. */
export type Pace = { inFlight: number } | { perSecond: number }

export type ChargeRun = {
  /** When each was done, from the start of the run. */
  doneAtMs: number[]
  /** What each took beside the time it waited for the processor. */
  ownMs: number[]
  wallMs: number
  nodeMs: number
  failures: number
  /** What the first of them said. */
  failure?: string
}

/**
 * Charges every key once. The processor's time is taken where the requests leave and come back, by the key they carry, so
 * that the product is measured as it is.
 */
export async function runCharges(
  keys: readonly string[],
  pace: Pace,
  charge: (key: string, at: number) => Promise<boolean>,
): Promise<ChargeRun> {
  const stripe = new Map<string, number>()
  const sentAt = new Map<string, number>()
  const keyOf = (message: unknown) =>
    String((message as { request: ClientRequest }).request.getHeader('idempotency-key') ?? '')
  const sent: ChannelListener = (message) => sentAt.set(keyOf(message), performance.now())
  const answered: ChannelListener = (message) => {
    const key = keyOf(message)
    stripe.set(key, (stripe.get(key) ?? 0) + performance.now() - (sentAt.get(key) ?? Number.NaN))
  }
  const [requests, responses] = [channel('http.client.request.start'), channel('http.client.response.finish')]
  requests.subscribe(sent)
  responses.subscribe(answered)
  const doneAtMs: number[] = []
  const ownMs: number[] = []
  let failures = 0
  let failure: string | undefined
  const cpu = process.cpuUsage()
  const began = performance.now()
  const one = async (key: string, at: number) => {
    const from = performance.now()
    const isGood = await charge(key, at).catch((error: unknown) => {
      failure ??= error instanceof Error ? error.stack : String(error)
      return false
    })
    const to = performance.now()
    doneAtMs.push(to - began)
    ownMs.push(to - from - (stripe.get(key) ?? 0))
    if (!isGood) failures += 1
  }
  await ('inFlight' in pace ? closedLoop(keys, pace.inFlight, one) : openLoop(keys, pace.perSecond, one))
  const wallMs = performance.now() - began
  const { user, system } = process.cpuUsage(cpu)
  requests.unsubscribe(sent)
  responses.unsubscribe(answered)
  return {
    doneAtMs,
    ownMs,
    wallMs,
    nodeMs: (user + system) / 1000,
    failures,
    ...(failure === undefined ? {} : { failure }),
  }
}

type One = (key: string, at: number) => Promise<void>

async function closedLoop(keys: readonly string[], inFlight: number, one: One): Promise<void> {
  const left = keys.entries()
  const hand = async () => {
    for (const [at, key] of left) await one(key, at)
  }
  await Promise.all(Array.from({ length: inFlight }, hand))
}

async function openLoop(keys: readonly string[], perSecond: number, one: One): Promise<void> {
  const began = performance.now()
  const running: Promise<void>[] = []
  for (const [at, key] of keys.entries()) {
    const waitMs = began + (at / perSecond) * 1000 - performance.now()
    if (waitMs > 0) await new Promise((done) => setTimeout(done, waitMs))
    running.push(one(key, at))
  }
  await Promise.all(running)
}
