import 'server-only'
import type { CheckoutActor } from '@/lib/access/checkout-session'
import { withTenant } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'

/**
 * `deposits`: it waits for two small deposits; `unknown`: Stripe has not answered yet. `isOwn`: of this session; those
 * deposits take days, and are confirmed in a session that comes later.
 */
export type SessionSetup = { id: string; is: 'saved' | 'deposits' | 'unknown'; label?: string; isOwn: boolean }

/**
 * What this session of the MSP's site has saved, in whichever of its windows, or what an earlier one of the same client
 * left to be confirmed; undefined where there is neither, and where it has to be begun again.
 */
export async function setupOfSession(actor: CheckoutActor): Promise<SessionSetup | undefined> {
  const setup = await withTenant(actor.tenantId, (tx) =>
    tx.row<{ id: string; state: string; kind: string; label: string | null; isOwn: boolean }>(sql`
      select id, state, kind, label, given_by_id = ${actor.sessionId} as is_own from setups
      where tenant_id = ${tx.tenantId} and client_id = ${actor.clientId} and given_by = 'checkout' and attempt_id is null
        and (given_by_id = ${actor.sessionId} or (state = 'requires_action' and kind <> 'card_saved'))
      order by given_by_id = ${actor.sessionId} and state in ('saved', 'asked') desc, state = 'saved' desc,
        state = 'requires_action' and kind <> 'card_saved' desc, accepted_at desc limit 1`),
  )
  const is = setup && standing(setup)
  const { id, label, isOwn } = setup ?? {}
  return is && id && isOwn !== undefined ? { id, is, isOwn, ...(label && { label }) } : undefined
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
