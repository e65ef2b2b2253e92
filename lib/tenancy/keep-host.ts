import 'server-only'
import { now } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { env } from '@/lib/base/env'
import { newToken } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { findTenantOfHost } from './across-tenants'
import { askDns } from './ask-dns'
import { audit } from './audit'
import type { AuditBy } from './audit-actions'
import { type CustomHost, decideHost, readHost } from './custom-host'

/** The name this installation is reached at itself. */
export function ourHost(): string {
  return new URL(env().PUBLIC_URL).hostname
}

export async function getCustomHost(tx: Tx): Promise<CustomHost | undefined> {
  return tx.row<CustomHost>(sql`
    select host, token, state, problem, checked_at from custom_hosts where tenant_id = ${tx.tenantId}`)
}

/**
 * The host clients shall see. It is served once its records prove that it is the tenant's; another in its place has to
 * prove itself anew, with a token of its own.
 */
export async function setCustomHost(
  tenantId: string,
  by: AuditBy,
  typed: string,
): Promise<{ ok: true } | { ok: false; problem: string }> {
  const read = readHost(typed, ourHost())
  if (!read.ok) return read
  const { host } = read
  await withTenant(tenantId, async (tx) => {
    await tx.run(sql`
      insert into custom_hosts (tenant_id, host, token, created_at) values (${tx.tenantId}, ${host}, ${newToken()}, ${now()})
      on conflict (tenant_id) do update set host = excluded.host, token = excluded.token, state = 'pending', problem = '',
        created_at = excluded.created_at, checked_at = null, verified_at = null
      where custom_hosts.host <> excluded.host`)
    await audit(tx, by, 'host.asked', { kind: 'tenant', id: tenantId }, { host })
  })
  return { ok: true }
}

export async function removeCustomHost(tenantId: string, by: AuditBy): Promise<void> {
  await withTenant(tenantId, async (tx) => {
    await tx.run(sql`delete from custom_hosts where tenant_id = ${tx.tenantId}`)
    await audit(tx, by, 'host.removed', { kind: 'tenant', id: tenantId })
  })
}

/** What a check came to; `lost` is a host that was served until now. */
export type HostChecked = { state: CustomHost['state']; host: string; problem: string; isLost: boolean }

/** Asks whether the records are there, and serves the host from now on, or no longer. Unanswered changes nothing. */
export async function checkCustomHost(tenantId: string, by: AuditBy): Promise<HostChecked | undefined> {
  const custom = await withTenant(tenantId, getCustomHost)
  if (custom === undefined) return undefined
  const { host, token } = custom
  const holder = await findTenantOfHost(host)
  if (holder !== undefined && holder.tenantId !== tenantId)
    return {
      state: custom.state,
      host,
      problem: 'Another company on this installation holds this name.',
      isLost: false,
    }
  const decision = decideHost(custom, ourHost(), await askDns(host))
  return withTenant(tenantId, async (tx) => {
    const wasServed = custom.state === 'verified'
    const state = decision.is === 'proved' ? 'verified' : decision.is === 'missing' && wasServed ? 'lost' : custom.state
    const problem = decision.is === 'proved' ? '' : decision.problem
    const changed = await tx.run(sql`
      update custom_hosts set state = ${state}, problem = ${problem}, checked_at = ${now()},
        verified_at = case when ${state} = 'verified' then coalesce(verified_at, ${now()}::timestamptz) else verified_at end
      where tenant_id = ${tx.tenantId} and host = ${host} and token = ${token}`)
    if (changed === 0) return undefined
    if (state !== custom.state) await audit(tx, by, `host.${state}`, { kind: 'tenant', id: tenantId }, { host })
    return { state, host, problem, isLost: state === 'lost' && wasServed }
  })
}
