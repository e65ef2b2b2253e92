import { stack } from '../support/stack.ts'
import { product } from './product.ts'

const halfYearMs = 180 * 24 * 3_600_000

/** A pay link for this invoice, made so long ago that it has run out. */
export function expiredLink(number: string): Promise<string> {
  return linkMade(number, halfYearMs)
}

/** A pay link that was ended since, with every other of the invoice. */
export async function revokedLink(number: string): Promise<string> {
  const link = await linkMade(number, 0)
  const { withTenant, revokePayLinks } = await product()
  const invoiceId = await idOf(number)
  await withTenant(stack().owner.tenantId, (tx) => revokePayLinks(tx, invoiceId))
  return link
}

/** A link of the right form that nobody ever had. */
export function unknownLink(): string {
  return `${stack().web}/m/larkfield/pay/${'A'.repeat(43)}`
}

async function linkMade(number: string, agoMs: number): Promise<string> {
  const { withTenant, createPayLink, payLinkUrl, now, windClock } = await product()
  const invoiceId = await idOf(number)
  windClock(now().getTime() - agoMs - Date.now())
  const token = await withTenant(stack().owner.tenantId, (tx) =>
    createPayLink(tx, { invoiceId, dueOn: now().toISOString().slice(0, 10), sentTo: null }),
  )
  return payLinkUrl('larkfield', token)
}

async function idOf(number: string): Promise<string> {
  const { withTenant, sql } = await product()
  const invoice = await withTenant(stack().owner.tenantId, (tx) =>
    tx.row<{ id: string }>(sql`select id from invoices where tenant_id = ${tx.tenantId} and number = ${number}`),
  )
  if (invoice === undefined) throw new Error(`There is no invoice ${number}`)
  return invoice.id
}
