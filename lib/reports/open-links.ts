import 'server-only'
import type { LinkScope } from '@/lib/access/pay-link'
import { now } from '@/lib/base/clock'
import type { Tx } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'

/** A link that opens today. */
export type PayLinkView = { id: string; sentTo?: string; createdAt: Date; viewedAt?: Date }

/** The newest links that open an invoice, or the statement of a client. Who may see them has been settled already. */
export async function openLinks(tx: Tx, scope: LinkScope): Promise<PayLinkView[]> {
  const chosen = 'invoiceId' in scope ? sql`invoice_id = ${scope.invoiceId}` : sql`client_id = ${scope.clientId}`
  const rows = await tx.rows<{ id: string; sentTo: string | null; createdAt: Date; viewedAt: Date | null }>(sql`
    select id, sent_to, created_at, viewed_at from pay_links
    where tenant_id = ${tx.tenantId} and ${chosen} and revoked_at is null and expires_at > ${now()}
    order by created_at desc limit 20`)
  return rows.map(({ sentTo, viewedAt, ...row }) => ({
    ...row,
    ...(sentTo === null ? {} : { sentTo }),
    ...(viewedAt === null ? {} : { viewedAt }),
  }))
}
