import 'server-only'
import { type Actor, maySave } from '@/lib/access/actor'
import type { CheckoutActor } from '@/lib/access/checkout-session'
import { type Tx, withTenant } from '@/lib/base/db'
import { Fault } from '@/lib/base/fault'
import { isId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { GatewayFault, type SetupNews } from './gateway'
import { openGateway } from './open-gateway'
import { setupResult, withSecret } from './save-method'
import type { SetupResult } from './setup-result'
import { takeSetupNews } from './take-setup-news'
import type { AccountProof } from './verify-account'

/**
 * Asks Stripe how a setup stands, after the bank's check in the browser or to take it up again.
 * @throws Fault not-found when it is not the actor's client's
 */
export async function refreshSetup(actor: Actor, setupId: string, locale: string): Promise<SetupResult> {
  return through(actor, setupId, locale, { mayTake: isItsOwn, ask: (gateway, id) => gateway.retrieveSetup(id) })
}

/**
 * Holds what the bank statement shows against the small deposits Stripe made: in any later session of the MSP's site
 * too, since a session does not last as long as they take. @throws Fault not-found
 */
export async function verifySetup(
  actor: Actor,
  setupId: string,
  proof: AccountProof,
  locale: string,
): Promise<SetupResult> {
  if (!maySave(actor)) throw new Fault('not-found', 'No such setup')
  return through(actor, setupId, locale, { mayTake: isOfSite, ask: (gateway, id) => gateway.verifySetup(id, proof) })
}

async function through(actor: Actor, setupId: string, locale: string, { mayTake, ask }: Taking): Promise<SetupResult> {
  const { tenantId } = actor
  const intentId = await withTenant(tenantId, (tx) => intentOf(tx, actor, setupId, mayTake))
  if (intentId === null) return setupResult(tenantId, setupId, locale)
  const gateway = await withTenant(tenantId, openGateway)
  const news = await ask(gateway, intentId).catch((error: unknown) => {
    if (error instanceof GatewayFault) return undefined
    throw error
  })
  if (news === undefined) return setupResult(tenantId, setupId, locale)
  await withTenant(tenantId, (tx) => takeSetupNews(tx, gateway.account, news))
  return withSecret(await setupResult(tenantId, setupId, locale), news)
}

type Setup = {
  clientId: string
  kind: string
  setupIntentId: string | null
  givenBy: string
  givenById: string | null
}

type Taking = {
  /** Whether a session of the MSP's site may take this setup up. */
  mayTake: (session: CheckoutActor, setup: Setup) => boolean
  ask: (gateway: Awaited<ReturnType<typeof openGateway>>, intentId: string) => Promise<SetupNews>
}

const isItsOwn: Taking['mayTake'] = ({ sessionId }, { givenById }) => givenById === sessionId
const isOfSite: Taking['mayTake'] = ({ clientId }, setup) =>
  setup.givenBy === 'checkout' && setup.clientId === clientId && setup.kind !== 'card_saved'

/** Whoever is of the client; a session of the MSP's site that may save, what it may take up. */
function mayKnow(actor: Actor, setup: Setup, mayTake: Taking['mayTake']): boolean {
  if (actor.kind === 'contact') return setup.clientId === actor.clientId
  return actor.kind === 'checkout' && maySave(actor) && mayTake(actor, setup)
}

async function intentOf(tx: Tx, actor: Actor, setupId: string, mayTake: Taking['mayTake']): Promise<string | null> {
  const setup = isId(setupId)
    ? await tx.row<Setup>(sql`
        select client_id, kind, setup_intent_id, given_by, given_by_id from setups where tenant_id = ${tx.tenantId} and id = ${setupId} and attempt_id is null`)
    : undefined
  if (setup === undefined || !mayKnow(actor, setup, mayTake)) throw new Fault('not-found', 'No such setup')
  return setup.setupIntentId
}
