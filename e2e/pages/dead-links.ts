import { stack } from '../support/stack.ts'
import { product } from './product.ts'

const halfYearMs = 180 * 24 * 3_600_000

/** A pay link for this invoice, made so long ago that it has run out. */
export async function expiredLink(number: string): Promise<string> {
  const { withTenant, sql, createPayLink, payLinkUrl, now, windClock } = await product()
  const { tenantId } = stack().owner
  const invoice = await withTenant(tenantId, (tx) =>
    tx.row<{ id: string }>(sql`select id from invoices where tenant_id = ${tx.tenantId} and number = ${number}`),
  )
  if (invoice === undefined) throw new Error(`There is no invoice ${number}`)
  windClock(now().getTime() - halfYearMs - Date.now())
  const dueOn = now().toISOString().slice(0, 10)
  return withTenant(tenantId, async (tx) =>
    payLinkUrl(tx, await createPayLink(tx, { invoiceId: invoice.id, dueOn, sentTo: null })),
  )
}

/** The same to the open invoices of the client with this name. */
export async function expiredStatementLink(client: string): Promise<string> {
  const { withTenant, sql, createStatementLink, payLinkUrl } = await product()
  const { tenantId } = stack().owner
  return withTenant(tenantId, async (tx) => {
    const row = await tx.row<{ id: string }>(
      sql`select id from clients where tenant_id = ${tx.tenantId} and name = ${client}`,
    )
    const token = await createStatementLink(tx, { clientId: row?.id ?? '', sentTo: null })
    await tx.run(sql`
      update pay_links set expires_at = now() - interval '1 day' where tenant_id = ${tx.tenantId} and client_id = ${row?.id} and sent_to is null`)
    return payLinkUrl(tx, token)
  })
}

/** A link of the right form that nobody ever had. */
export function unknownLink(): string {
  return `${stack().web}/m/larkfield/pay/${'A'.repeat(43)}`
}
