import 'server-only'
import { cache } from 'react'
import type { Actor } from '@/lib/access/actor'
import { withTenant } from '@/lib/base/db'
import { Fault } from '@/lib/base/fault'
import { sql } from '@/lib/base/sql'

/** What stands around every page of the console. */
export type Shell = {
  tenantName: string
  timeZone: string
  staffName: string
  staffEmail: string
  /** Open exceptions, counted up to 99. */
  needsPerson: number
}

/** One statement, once per request. @throws Fault not-found when the person is not staff here */
export const getShell = cache(async (actor: Extract<Actor, { kind: 'staff' }>): Promise<Shell> => {
  const shell = await withTenant(actor.tenantId, (tx) =>
    tx.row<Shell>(sql`
      select t.name as tenant_name, t.time_zone, s.name as staff_name, s.email as staff_email,
        (select count(*)::int from (
          select 1 from exceptions e where e.tenant_id = ${tx.tenantId} and e.closed_at is null limit 99) as open) as needs_person
      from tenants t join staff s on s.tenant_id = t.id
      where t.id = ${tx.tenantId} and s.tenant_id = ${tx.tenantId} and s.id = ${actor.staffId}`),
  )
  if (shell === undefined) throw new Fault('not-found', 'No such person here')
  return shell
})
