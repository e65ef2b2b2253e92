import type { SandboxContext } from '../kernel/context.ts'
import { Random } from '../kernel/random.ts'
import { type Answer, type Asked, type Service, startService } from '../kernel/service.ts'
import { accountPage, choose } from './account-page.ts'
import { type Account, type Client, Issuer } from './issuer.ts'

export type IdentityService = Service & {
  /** The client library's three settings. */
  credentials: { issuer: string } & Client
  issuer: Issuer
  accounts: readonly Account[]
}

type Ground = Pick<SandboxContext, 'clock' | 'seed' | 'port' | 'happened'> & { world: { msp: { email: string } } }

/** The MSP's directory, at which its people sign in once for everything (Microsoft Entra, Google): OpenID Connect. */
export async function startIdentity(context: Ground): Promise<IdentityService> {
  const random = new Random(`${context.seed}:identity`)
  const domain = context.world.msp.email.split('@')[1] ?? 'msp.example'
  const account = (name: string, isVerified = true): Account => ({
    subject: random.id(24),
    email: `${name.toLowerCase().split(' ')[0]}@${domain}`,
    isVerified,
    name,
  })
  // Two who work with the MSP's money, one whom Closeloop does not know, and one whose address nobody has checked.
  const accounts = [
    ...[account('Renee Okafor'), account('Marcus Bell'), account('Ines Duarte')],
    { ...account('Renee Impostor', false), email: `renee@${domain}` },
  ]
  const issuer = new Issuer({ clientId: random.id(32), clientSecret: random.id(40) })
  const service = await startService({
    name: 'Directory',
    port: context.port('identity'),
    clock: context.clock,
    happened: context.happened,
    handle: (asked) => answer(issuer, accounts, asked),
    refuse: (status) => ({ status, body: { error: status === 429 ? 'temporarily_unavailable' : 'server_error' } }),
  })
  issuer.url = service.url
  return { ...service, issuer, accounts, credentials: { issuer: service.url, ...issuer.client } }
}

function answer(issuer: Issuer, accounts: readonly Account[], asked: Asked): Answer {
  switch (`${asked.method} ${asked.path}`) {
    case 'GET /.well-known/openid-configuration':
      return { status: 200, body: issuer.configuration() }
    case 'GET /keys':
      return { status: 200, body: issuer.keys() }
    case 'GET /authorize':
      return accountPage(issuer, accounts, asked.query)
    case 'POST /_sandbox/choose':
      return choose(issuer, accounts, new URLSearchParams(asked.body))
    case 'POST /token':
      return issuer.token(asked)
    default:
      return { status: 404, body: { error: 'not_found' } }
  }
}
