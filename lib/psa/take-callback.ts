import 'server-only'
import { withTenant } from '@/lib/base/db'
import { Fault } from '@/lib/base/fault'
import { hashOf, isId } from '@/lib/base/ids'
import { receive } from '@/lib/events/announce'
import { findTenantOfConnection } from '@/lib/tenancy/across-tenants'
import { psaOf } from './registry'

export type CallbackTaken = 'kept' | 'known' | 'forged' | 'unknown'

/**
 * Takes what a PSA calls back: proves that it signed this very body, keeps the hints, each once, and works nothing yet.
 * @returns `unknown` for a connection that is not there, `forged` when the signature is not the PSA's
 * @throws ConnectorFault retry when the key to check it with cannot be fetched now
 */
export async function takeCallback(
  connectionId: string,
  request: { headers: Headers; body: string; params: URLSearchParams },
): Promise<CallbackTaken> {
  const tenantId = isId(connectionId) ? await findTenantOfConnection(connectionId) : undefined
  if (tenantId === undefined) return 'unknown'
  const opened = await withTenant(tenantId, (tx) => psaOf(tx, connectionId)).catch((fault: unknown) => {
    if (fault instanceof Fault && fault.kind === 'not-found') return undefined
    throw fault
  })
  const webhooks = opened?.psa.webhooks
  if (webhooks === undefined) return 'unknown'
  if (!(await webhooks.verify(request))) return 'forged'
  const hints = webhooks.parse(request.body, request.params)
  // A repeat carries the same body, letter for letter.
  const body = hashOf(request.body)
  return withTenant(tenantId, async (tx) => {
    let isNew = hints.length === 0
    for (const hint of hints) {
      const id = `${connectionId}:${body}:${hint.entity}:${hint.externalId}`
      isNew = (await receive(tx, 'psa', id, { kind: 'psa.hint', connectionId, ...hint })) || isNew
    }
    return isNew ? 'kept' : 'known'
  })
}
