import 'server-only'
import type { CheckoutActor } from '@/lib/access/checkout-session'
import { withTenant } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'

/** `deposits`: it waits for two small deposits; `unknown`: Stripe has not answered yet. */
export type SessionSetup = { is: 'saved' | 'deposits' | 'unknown'; label?: string }

/**
 * What this session of the MSP's site has saved, in whichever of its windows; undefined where there is nothing yet, and
 * where it has to be begun again.
 */
export async function setupOfSession(actor: CheckoutActor): Promise<SessionSetup | undefined> {
  const setup = await withTenant(actor.tenantId, (tx) =>
    tx.row<{ state: string; kind: string; label: string | null }>(sql`
      select state, kind, label from setups
      where tenant_id = ${tx.tenantId} and client_id = ${actor.clientId} and given_by = 'checkout' and given_by_id = ${actor.sessionId}
      order by state = 'saved' desc, accepted_at desc limit 1`),
  )
  const is = setup && standing(setup)
  return is && { is, ...(setup.label === null ? {} : { label: setup.label }) }
}

/** A card that waits for its bank's check, or an agreement nobody accepted, is left with that window: it is begun again. */
function standing({ state, kind }: { state: string; kind: string }): SessionSetup['is'] | undefined {
  switch (state) {
    case 'saved':
      return 'saved'
    case 'asked':
      return kind === 'pad_saved' ? undefined : 'unknown'
    case 'requires_action':
      return kind === 'card_saved' ? undefined : 'deposits'
    default:
      return undefined
  }
}
