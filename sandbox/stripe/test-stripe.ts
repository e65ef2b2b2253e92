import Stripe from 'stripe'
import { Bank } from '../bank/bank.ts'
import { SimClock } from '../kernel/clock.ts'
import type { World } from '../world/world.ts'
import { type StripeOptions, type StripeService, startStripe } from './stripe.ts'

/** A Stripe of one's own for a test, with its clock, its bank and the official client on the demo MSP's account. */
export type TestStripe = {
  service: StripeService
  clock: SimClock
  bank: Bank
  /** As the platform, on the connected account. */
  stripe: Stripe
  /** As the platform itself. */
  platform: Stripe
  account: string
  /** Winds the clock to an hour (UTC) of a day. */
  windTo: (day: string, hour?: number) => Promise<void>
  /** Asks one of the sandbox's own switches or windows. */
  control: <T>(method: 'GET' | 'POST', path: string, body?: object) => Promise<T>
  close: () => Promise<void>
}

/** A Monday without holidays near it. */
const startAt = '2026-11-09T15:00:00Z'

const world = { msp: { name: 'Larkfield IT' } } as unknown as World // the only part of the world Stripe looks at

export async function startTestStripe(options: StripeOptions = {}): Promise<TestStripe> {
  const clock = new SimClock(new Date(startAt))
  clock.pause()
  const bank = new Bank()
  const context = { clock, world, seed: 'test', port: () => 0, happened: () => undefined }
  const service = await startStripe(context, bank, options)
  const { platform, connected } = service.credentials
  return {
    service,
    clock,
    bank,
    stripe: clientFor(service, platform.secretKey, connected.account),
    platform: clientFor(service, platform.secretKey),
    account: connected.account,
    windTo: (day, hour = 23) => clock.advanceTo(new Date(`${day}T${String(hour).padStart(2, '0')}:00:00Z`)),
    control: async (method, path, body) => {
      const response = await fetch(`${service.url}/_sandbox/${path}`, {
        method,
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
      return response.json()
    },
    close: async () => {
      clock.stop()
      await service.close()
    },
  }
}

export function clientFor(service: StripeService, key: string, account?: string): Stripe {
  return new Stripe(key, {
    host: '127.0.0.1',
    port: service.port,
    protocol: 'http',
    maxNetworkRetries: 0,
    telemetry: false,
    ...(account !== undefined && { stripeAccount: account }),
  })
}

/** What a refused call was refused with. */
export async function refusalOf(call: Promise<unknown>): Promise<InstanceType<typeof Stripe.errors.StripeError>> {
  try {
    await call
  } catch (thrown) {
    if (thrown instanceof Stripe.errors.StripeError) return thrown
    throw thrown
  }
  throw new Error('the call was not refused')
}
