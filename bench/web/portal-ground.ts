import type pg from 'pg'
import { openSession } from '@/lib/access/session'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { makeChargingMsp } from '../ground/charging-msp.ts'

export type PortalGround = { tenantId: string; slug: string; clientId: string; cookie: string }

/** A client with very many invoices among others with few, and a contact of it who is signed in. */
export async function makePortal(owner: pg.Client, invoices: number, account = 'acct_portal'): Promise<PortalGround> {
  const { tenantId, slug, clientIds } = await makeChargingMsp(account)
  const [clientId = '', ...others] = clientIds
  const fill = (id: string, count: number) =>
    owner.query(
      `insert into invoices (tenant_id, id, client_id, kind, number, state, psa_type, psa_status, issued_on, due_on, currency, tax_minor, total_minor, settled_minor, psa_balance_minor, version, source_hash, settled_at)
       select $1, uuid_v7(), $2, 'invoice', (20000 + n)::text, 'open', 'Standard', 'Sent', date '2026-11-20' - n / 40, date '2026-12-20' - n / 40, 'USD', 0, 10000 + n, case when n % 4 = 0 then 0 else 10000 + n end, 0, 1, '', case when n % 4 = 0 then null else now() end
       from generate_series(0, $3::int - 1) n`,
      [tenantId, id, count],
    )
  await fill(clientId, invoices)
  for (const id of others) await fill(id, 250)
  await owner.query('vacuum analyze')
  const contactId = newId()
  const cookie = await withTenant(tenantId, async (tx) => {
    await tx.run(sql`
      insert into contacts (tenant_id, id, client_id, name, email, is_billing, role, source_hash, source)
      values (${tx.tenantId}, ${contactId}, ${clientId}, 'Dana Whitfield', 'dana@hadleymoss.example', true, 'payer', '', '{}')`)
    return openSession(tx, 'contact', contactId)
  })
  return { tenantId, slug, clientId, cookie: `closeloop-client-${slug}=${cookie}` }
}
