import 'server-only'
import { type Actor, maySave } from '@/lib/access/actor'
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
  return through(actor, setupId, locale, (gateway, intentId) => gateway.retrieveSetup(intentId))
}

/** Holds what the bank statement shows against the small deposits Stripe made. @throws Fault not-found */
export async function verifySetup(
  actor: Actor,
  setupId: string,
  proof: AccountProof,
  locale: string,
): Promise<SetupResult> {
  if (!maySave(actor)) throw new Fault('not-found', 'No such setup')
  return through(actor, setupId, locale, (gateway, intentId) => gateway.verifySetup(intentId, proof))
}

async function through(
  actor: Actor,
  setupId: string,
  locale: string,
  ask: (gateway: Awaited<ReturnType<typeof openGateway>>, intentId: string) => Promise<SetupNews>,
): Promise<SetupResult> {
  const { tenantId } = actor
  const intentId = await withTenant(tenantId, (tx) => intentOf(tx, actor, setupId))
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

type Setup = { clientId: string; setupIntentId: string | null; givenById: string | null }

/** Whoever is of the client; a session of the MSP's site knows of what it saves itself, and of nothing else. */
function mayKnow(actor: Actor, setup: Setup): boolean {
  if (actor.kind === 'contact') return setup.clientId === actor.clientId
  return actor.kind === 'checkout' && maySave(actor) && setup.givenById === actor.sessionId
}

async function intentOf(tx: Tx, actor: Actor, setupId: string): Promise<string | null> {
  const setup = isId(setupId)
    ? await tx.row<Setup>(sql`
        select client_id, setup_intent_id, given_by_id from setups where tenant_id = ${tx.tenantId} and id = ${setupId} and attempt_id is null`)
    : undefined
  if (setup === undefined || !mayKnow(actor, setup)) throw new Fault('not-found', 'No such setup')
  return setup.setupIntentId
}
