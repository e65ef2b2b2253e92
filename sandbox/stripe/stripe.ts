import type { Bank } from '../bank/bank.ts'
import type { SandboxContext } from '../kernel/context.ts'
import { Faults } from '../kernel/faults.ts'
import { Random } from '../kernel/random.ts'
import { type Answer, type Asked, type Service, startService } from '../kernel/service.ts'
import { Api } from './api/api.ts'
import { rateLimited } from './api/errors.ts'
import { browserAnswer } from './browser/serve.ts'
import { control } from './controls.ts'
import { endpoints } from './endpoints.ts'
import { Courier, type Delivery } from './events/courier.ts'
import { RequestCounts } from './request-counts.ts'
import { type Credentials, credentials, seedAccounts, seedPlatform } from './seed.ts'
import { Agenda } from './state/agenda.ts'
import { Shelf } from './state/shelf.ts'
import type { Registry, State } from './state/state.ts'

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
  const api = new Api(state, endpoints, context.seed)
  const counts = new RequestCounts()
  const serviceOptions = {
    name: 'stripe',
    system: 'stripe',
    traced: isDocumented,
    port: context.port('stripe'),
    clock: context.clock,
    faults: state.faults,
    happened: context.happened,
    refuse: (status: 429 | 500, asked: Asked) =>
      status === 429 ? api.refuse(asked, rateLimited()) : api.breakDown(asked),
    handle: async (asked: Asked): Promise<Answer> => {
      if (asked.path.startsWith('/_sandbox')) return control(state, counts, asked)
      const answer = fromBrowserFiles(asked) ?? (await api.answer(asked))
      counts.add(asked.method, asked.path, answer.status)
      return answer
    },
  }
  const service = await startService(serviceOptions)
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

function newState({ clock, seed, world, happened }: SandboxContext, bank: Bank, options: StripeOptions): State {
  const faults = new Faults()
  const registry: Registry = {
    clock,
    agenda: new Agenda(clock),
    random: new Random(`${seed} stripe`),
    faults,
    bank,
    settings: {
      ach: {
        successBankingDays: 4,
        failureBankingDays: 2,
        lateReturnBankingDays: 2,
        refundBankingDays: 3,
        microdeposits: 'descriptor_code',
      },
      acss: {
        successBankingDays: 5,
        failureBankingDays: 3,
        lateReturnBankingDays: 3,
        refundBankingDays: 3,
        microdeposits: 'amounts',
      },
      workTimeMs: 0,
      searchLagSeconds: 0,
      requestsPerSecond: 0,
    },
    accounts: new Map(),
    connectedAccounts: new Shelf(),
    onboardingLinks: new Map(),
    keys: new Map(),
    courier: new Courier({ clock, faults, retryDelaysMs: options.webhookRetryDelaysMs ?? [1000, 5000, 25_000] }),
    happened,
    url: '',
  }
  const state: State = { ...registry, platform: seedPlatform(registry) }
  seedAccounts(state, world.msp.name)
  return state
}

/** Stripe.js and its pages. The script is known by several addresses, as it is at Stripe. */
function fromBrowserFiles(asked: Asked): Answer | undefined {
  if (asked.path.endsWith('/stripe.js')) return browserAnswer({ ...asked, path: '/stripe.js' })
  return /^\/(elements|3ds)\//.test(asked.path) ? browserAnswer(asked) : undefined
}

/** What Stripe documents is a server's traffic; how its own script talks to it is nobody's interface. */
function isDocumented({ method, path, headers, params, body }: Asked): boolean {
  if (!path.startsWith('/v1/') || path.endsWith('/stripe.js') || method === 'OPTIONS') return false
  const key = headers.authorization ?? params.get('key') ?? body
  return !key.includes('pk_test_')
}
