import 'server-only'
import { now } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import type { ApiScope } from './api-key'
import type { StaffActor } from './require-staff'

export type ApiKeyRow = {
  id: string
  name: string
  prefix: string
  scopes: ApiScope[]
  createdBy: string
  createdAt: Date
  lastUsedAt: Date | null
  state: 'works' | 'ends' | 'ended'
  /** When it was revoked, or ends since a successor was made. */
  endsAt: Date | null
}

/** The MSP's keys: those that work first, each half newest first. */
export async function listApiKeys(actor: StaffActor): Promise<ApiKeyRow[]> {
  return withTenant(actor.tenantId, (tx) =>
    tx.rows<ApiKeyRow>(sql`
      select k.id, k.name, k.prefix, k.scopes, s.name as created_by, k.created_at, k.last_used_at, k.ends_at,
        case when k.ends_at is null then 'works' when k.ends_at > ${now()} then 'ends' else 'ended' end as state
      from (select *, least(revoked_at, expires_at) as ends_at from api_keys where tenant_id = ${tx.tenantId}) k
      join staff s on s.tenant_id = k.tenant_id and s.id = k.created_by
      order by k.ends_at is not null and k.ends_at <= ${now()}, k.id desc`),
  )
}
