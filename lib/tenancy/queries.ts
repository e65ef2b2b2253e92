import 'server-only'
import type { Tx } from '@/lib/base/db'
import { Fault } from '@/lib/base/fault'
import { sql } from '@/lib/base/sql'
import { Brand } from './brand'
import { Settings } from './settings'
import type { Tenant } from './tenant'

/** The tenant whose transaction this is. @throws Fault not-found */
export async function getTenant(tx: Tx): Promise<Tenant> {
  const row = await tx.row<Tenant>(sql`
    select id, slug, name, legal_name, time_zone, locale, currency, brand, settings from tenants where id = ${tx.tenantId}`)
  if (row === undefined) throw new Fault('not-found', 'No such tenant')
  return { ...row, brand: Brand.parse(row.brand), settings: Settings.parse(row.settings) }
}
