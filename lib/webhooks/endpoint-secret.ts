import 'server-only'
import { env } from '@/lib/base/env'
import { newToken } from '@/lib/base/ids'
import { seal, unseal } from '@/lib/base/secrets'
import { sql } from '@/lib/base/sql'
import { reseal } from '@/lib/tenancy/reseal'

export function newEndpointSecret(): string {
  return `whsec_${newToken()}`
}

export function sealEndpointSecret(tenantId: string, endpointId: string, secret: string): string {
  return seal(secret, placeOf(tenantId, endpointId))
}

export function unsealEndpointSecret(tenantId: string, endpointId: string, envelope: string): string {
  return unseal(envelope, placeOf(tenantId, endpointId))
}

/** Seals the secrets of endpoints anew with the current key. */
export async function rotateEndpointSecrets(keys = env().SECRET_KEYS): Promise<{ count: number; keyId: string }> {
  const of = { table: sql`webhook_endpoints`, key: sql`id`, placeOf }
  const { count, keyId } = await reseal({ ...of, column: sql`secret` }, keys)
  const previous = await reseal({ ...of, column: sql`previous_secret` }, keys)
  return { count: count + previous.count, keyId }
}

function placeOf(tenantId: string, endpointId: string): string {
  return `${tenantId}:webhook-endpoint:${endpointId}`
}
