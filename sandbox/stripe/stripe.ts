import type { Bank } from '../bank/bank.ts'
import type { SandboxContext } from '../kernel/context.ts'
import { Faults } from '../kernel/faults.ts'
import { Random } from '../kernel/random.ts'
import { type Answer, type Asked, type Service, startService } from '../kernel/service.ts'
import { Api } from './api/api.ts'
import { brokenInside, rateLimited } from './api/errors.ts'
import { browserAnswer } from './browser/serve.ts'
import { control } from './controls.ts'
import { endpoints } from './endpoints.ts'
import { Courier, type Delivery } from './events/courier.ts'
import { RequestCounts } from './request-counts.ts'
import { type Credentials, credentials, seedAccounts, seedPlatform } from './seed.ts'
import { Agenda } from './state/agenda.ts'
import { Shelf } from './state/shelf.ts'
import type { State } from './state/state.ts'

export type StripeService = Service & {
  credentials: Credentials
  /** Resolves when no webhook is on its way; retries that wait for their time do not count. */
  webhooksDelivered: () => Promise<void>
  deliveries: () => readonly Delivery[]
}

export type StripeOptions = {
  /** How long after each failed delivery the next is tried, in real time. */
  webhookRetryDelaysMs?: readonly number[]
}

/** Starts a Stripe of its own: accounts, money and events in memory, the API and Stripe.js on one port. */
export async function startStripe(
  context: SandboxContext,
  bank: Bank,
  options: StripeOptions = {},
): Promise<StripeService> {
  const state = newState(context, bank, options)
  const api = new Api(state, endpoints)
  const counts = new RequestCounts()
  const service = await startService({
    name: 'stripe',
    system: 'stripe',
    traced: isDocumented,
    port: context.port('stripe'),
    clock: context.clock,
    faults: state.faults,
    happened: context.happened,
    refuse: (status, asked) => (status === 429 ? api.refuse(asked, rateLimited()) : api.breakDown(asked)),
    handle: async (asked) => {
      if (asked.path.startsWith('/_sandbox')) return control(state, counts, asked)
      const answer = (isForBrowser(asked) ? browserAnswer(asked) : undefined) ?? (await api.answer(asked))
      counts.add(asked.method, asked.path, answer.status)
      return answer
    },
  } satisfies ServiceOptionsWithTrace)
  state.url = service.url
  return {
    ...service,
    credentials,
    webhooksDelivered: () => state.courier.idle(),
    deliveries: () => state.courier.log,
    close: async () => {
      state.courier.close()
      await service.close()
    },
  }
}
