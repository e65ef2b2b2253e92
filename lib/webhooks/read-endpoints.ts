import 'server-only'
import type { Tx } from '@/lib/base/db'
import { isId } from '@/lib/base/ids'
import { type Sql, sql } from '@/lib/base/sql'
import type { Endpoint } from './endpoint'

const columns = sql`id, url, description, events, state, failing_since, previous_until, created_at`

/** The MSP's endpoints, newest first; `rest` narrows and pages. */
export function readEndpoints(tx: Tx, rest: Sql = sql``, limit = 100): Promise<Endpoint[]> {
  return tx.rows<Endpoint>(sql`
    select ${columns} from webhook_endpoints e
    where e.tenant_id = ${tx.tenantId} and e.state <> 'removed' ${rest} order by e.id desc limit ${limit}`)
}

export async function readEndpoint(tx: Tx, id: string): Promise<Endpoint | undefined> {
  return isId(id) ? (await readEndpoints(tx, sql`and e.id = ${id}`))[0] : undefined
}
