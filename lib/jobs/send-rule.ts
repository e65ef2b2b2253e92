import 'server-only'
import type { Tx } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { getTenant } from '@/lib/tenancy/queries'

/** Whether a new invoice is mailed by itself: the MSP wants it, it is open, new enough, and was not sent yet. */
export async function shouldSend(tx: Tx, invoiceId: string): Promise<boolean> {
  const { settings } = await getTenant(tx)
  if (!settings.sendNewInvoices || settings.sendFrom === undefined) return false
  const invoice = await tx.row(sql`
    select id from invoices where tenant_id = ${tx.tenantId} and id = ${invoiceId} and kind = 'invoice' and state = 'open'
      and balance_minor > 0 and sent_at is null and issued_on >= ${settings.sendFrom}`)
  return invoice !== undefined
}
