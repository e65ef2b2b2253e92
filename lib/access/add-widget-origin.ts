import 'server-only'
import { now } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { isSandbox } from '@/lib/base/env'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { audit } from '@/lib/tenancy/audit'
import { type Actor, actorName, mayManage } from './actor'
import { type OriginRefusal, readOrigin } from './widget-origin'

export type AddedOrigin =
  | { ok: true; origin: string }
  | { ok: false; because: OriginRefusal | 'not-allowed' | 'already' | 'too-many' }

/** Each is a term of a header that goes out with every frame. */
const originsMax = 20

/** Lets a site frame the widget. Saying it twice is saying it once. */
export async function addWidgetOrigin(actor: Actor, typed: string): Promise<AddedOrigin> {
  if (!mayManage(actor)) return { ok: false, because: 'not-allowed' }
  const read = readOrigin(typed, { allowsLocal: isSandbox() })
  if (!read.ok) return read
  const { origin } = read
  return withTenant(actor.tenantId, async (tx) => {
    const found = await tx.row<{ count: number; isThere: boolean | null }>(sql`
      select count(*)::int as count, bool_or(origin = ${origin}) as is_there from widget_origins
      where tenant_id = ${tx.tenantId} and removed_at is null`)
    if (found?.isThere === true) return { ok: false, because: 'already' }
    if ((found?.count ?? 0) >= originsMax) return { ok: false, because: 'too-many' }
    const id = newId()
    const count = await tx.run(sql`
      insert into widget_origins (tenant_id, id, origin, created_at) values (${tx.tenantId}, ${id}, ${origin}, ${now()}) on conflict do nothing`)
    if (count === 0) return { ok: false, because: 'already' }
    await audit(tx, actorName(actor), 'widget.origin_added', { kind: 'widget_origin', id }, { origin })
    return { ok: true, origin }
  })
}
