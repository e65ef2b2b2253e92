import 'server-only'
import { env } from '@/lib/base/env'
import { sql } from '@/lib/base/sql'
import { reseal } from '@/lib/tenancy/reseal'
import { placeOf } from './connection'

/** Seals every connection's secret anew with the current key. A token that is being refreshed is waited for. */
export function rotateSecrets(keys = env().SECRET_KEYS): Promise<{ count: number; keyId: string }> {
  return reseal({ table: sql`connections`, key: sql`id`, column: sql`secret`, placeOf }, keys)
}
