import type { SandboxContext } from '../../kernel/context.ts'
import { Faults } from '../../kernel/faults.ts'
import { Random } from '../../kernel/random.ts'
import { type Answer, type Asked, type Service, startService } from '../../kernel/service.ts'
import { answerApi, type Company } from './api.ts'
import { Books } from './books.ts'
import { consentPage } from './consent-page.ts'
import { answerControl } from './controls.ts'
import { switchOnMulticurrency } from './currencies.ts'
import { faultAnswer, QuickbooksFault } from './fault.ts'
import { Oauth } from './oauth.ts'
import { seedAccount, seedBooks } from './seed-books.ts'
import { Throttle } from './throttle.ts'
import { WebhookSender } from './webhooks.ts'

export type QuickbooksService = Service & {
  books: Books
  webhooks: WebhookSender
  /** The vendor's rate limits; `throttle.limits = undefined` lifts them. */
  throttle: Throttle
  credentials: QuickbooksCredentials
}

export type QuickbooksCredentials = {
  url: string
  authorizeUrl: string
  tokenUrl: string
  revokeUrl: string
  clientId: string
  clientSecret: string
  realmId: string
  /** Signs the webhooks; shown in the vendor's developer portal. */
  verifierToken: string
  /** A connection that is already made, for tools. The refresh token is replaced on its first use. */
  accessToken: string
  refreshToken: string
}

/**
 * QuickBooks Online for one company, whose books hold what the world's PSA has billed.
 * @param isMulticurrency whether it keeps other currencies too, from the start
 */
export async function startQuickbooksOnline(
  context: SandboxContext,
  isMulticurrency = false,
): Promise<QuickbooksService> {
  const { clock, world } = context
  const random = new Random(`${context.seed}:quickbooks-online`)
  const realmId = `93414${random.between(10_000_000_000, 99_999_999_999)}`
  const books = new Books(realmId, { ...world.msp, startedAt: new Date('2024-01-02T17:00:00Z') }, clock)
  if (isMulticurrency) switchOnMulticurrency(books, (account) => seedAccount(books, account))
  seedBooks(books, world)

  const app = { clientId: `AB${random.id(48)}`, clientSecret: random.id(40) }
  const oauth = new Oauth(app, clock, random)
  const faults = new Faults()
  const webhooks = new WebhookSender({ realmId, clock, random, faults, happened: context.happened })
  books.onChange((change) => webhooks.announce(change))
  const throttle = new Throttle()
  const company: Company = { books, oauth, throttle, memory: new Map(), refusalsAsOk: 0 }

  const service = await startService({
    name: 'QuickBooks',
    system: 'quickbooks-online',
    // The consent page is for a browser: no interface of the vendor's.
    traced: ({ path }) => /^\/(v3|oauth2|v2\/oauth2)\//.test(path),
    port: context.port('quickbooksOnline'),
    clock,
    faults,
    happened: context.happened,
    handle: (asked) => identified(random, routeSafely(company, webhooks, asked)),
    refuse: (status, asked) => refusal(status, asked, clock.now()),
  })
  return {
    ...service,
    books,
    webhooks,
    throttle,
    credentials: {
      url: service.url,
      authorizeUrl: `${service.url}/connect/oauth2`,
      tokenUrl: `${service.url}/oauth2/v1/tokens/bearer`,
      revokeUrl: `${service.url}/v2/oauth2/tokens/revoke`,
      ...app,
      realmId,
      verifierToken: webhooks.verifierToken,
      ...oauth.issueTokens(realmId),
    },
    close: () => {
      webhooks.stop()
      return service.close()
    },
  }
}

/** A mistake of this stand-in must look like one of the vendor's, and must not end the sandbox. */
function routeSafely(company: Company, webhooks: WebhookSender, asked: Asked): Answer {
  try {
    return route(company, webhooks, asked)
  } catch (error) {
    console.error('QuickBooks stand-in:', error)
    return refusal(500, asked, company.books.now())
  }
}

function route(company: Company, webhooks: WebhookSender, asked: Asked): Answer {
  const { books, oauth } = company
  if (asked.path.startsWith('/_sandbox/')) return answerControl(company, webhooks, asked)
  if (asked.path.startsWith('/v3/company/')) return answerApi(company, asked)
  switch (`${asked.method} ${asked.path}`) {
    case 'GET /connect/oauth2':
      return consentPage(oauth.app, books.company.name, asked.params)
    case 'POST /oauth2/v1/tokens/bearer':
      return oauth.token(asked)
    case 'POST /v2/oauth2/tokens/revoke':
      return oauth.revoke(asked)
    default: {
      const fault = new QuickbooksFault('500', `Unsupported Operation : ${asked.method} ${asked.path}`)
      return { ...faultAnswer(fault, books.now()), status: 404 }
    }
  }
}

/** Each answer carries the vendor's correlation id. */
function identified(random: Random, answer: Answer): Answer {
  const tid = `1-${random.id(8).toLowerCase()}-${random.id(24).toLowerCase()}`
  return { ...answer, headers: { intuit_tid: tid, ...answer.headers } }
}

function refusal(status: 429 | 500, asked: Asked, now: Date): Answer {
  if (asked.path.includes('/oauth2/')) return { status, body: { error: 'temporarily_unavailable' } }
  const fault =
    status === 429
      ? new QuickbooksFault('3001', 'message=ThrottleExceeded; errorCode=003001; statusCode=429')
      : new QuickbooksFault('10000', 'An unexpected error occurred')
  return faultAnswer(fault, now)
}
