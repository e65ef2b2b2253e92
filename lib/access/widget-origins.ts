import 'server-only'
import type { Tx } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'

export type WidgetOrigin = { id: string; origin: string; createdAt: Date }

/** The sites that may frame this MSP's widget, as a person reads them: by name. */
export function listWidgetOrigins(tx: Tx): Promise<WidgetOrigin[]> {
  return tx.rows(sql`
    select id, origin, created_at from widget_origins where tenant_id = ${tx.tenantId} and removed_at is null order by origin`)
}
