import { withTenant } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'

/** Waits until the worker has read the whole PSA once, and tells how far it is. */
export async function awaitFirstSync(tenantId: string, tell: (how: string) => void): Promise<void> {
  for (;;) {
    const { clients, invoices, isDone } = await readProgress(tenantId)
    tell(`${clients.toLocaleString('en-US')} clients, ${invoices.toLocaleString('en-US')} invoices`)
    if (isDone) return
    await new Promise((done) => setTimeout(done, 250))
  }
}

async function readProgress(tenantId: string) {
  const row = await withTenant(tenantId, (tx) =>
    tx.row<{ clients: bigint; invoices: bigint; isDone: boolean | null }>(sql`
      select (select count(*) from clients where tenant_id = ${tx.tenantId}) as clients,
        (select count(*) from invoices where tenant_id = ${tx.tenantId}) as invoices,
        (select bool_and(finished_at is not null) and bool_or(stream = 'invoices') from sync_streams where tenant_id = ${tx.tenantId}) as is_done`),
  )
  return { clients: Number(row?.clients ?? 0), invoices: Number(row?.invoices ?? 0), isDone: row?.isDone === true }
}
