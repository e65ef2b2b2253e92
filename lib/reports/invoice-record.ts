import 'server-only'
import type { Actor } from '@/lib/access/actor'
import { withTenant } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { billingContact } from '@/lib/billing/queries'
import { type Money, money } from '@/lib/money/money'
import type { AttemptView } from '@/lib/payments/attempt'
import { attemptsOfInvoice } from '@/lib/payments/queries'
import { openLinks, type PayLinkView } from './open-links'
import type { PostingState, WriteBackState } from './payment-record'

export type MailView = {
  id: string
  kind: string
  to: string
  subject: string
  text: string
  state: 'waiting' | 'sending' | 'sent' | 'failed'
  at: Date
  error?: string
}

/** What surrounds an invoice: who pays it, what was tried, what was mailed, where it stands elsewhere. */
export type InvoiceRecord = {
  billingContact?: { name: string; email: string }
  attempts: AttemptView[]
  messages: MailView[]
  links: PayLinkView[]
  /** The PSA's own figure, as last read. */
  psaBalance: Money
  writeBacks: { id: string; state: WriteBackState; amount: Money; externalId?: string; error?: string }[]
  postings: {
    id: string
    kind: string
    state: PostingState
    amount: Money
    externalKind?: string
    externalId?: string
    error?: string
  }[]
}

/** For an invoice the actor was already shown. */
export async function getInvoiceRecord(
  actor: Actor,
  invoice: { id: string; clientId: string; currency: string },
): Promise<InvoiceRecord> {
  const { id, clientId, currency } = invoice
  const given = <Key extends string, Value>(key: Key, value: Value | null) =>
    (value === null ? {} : { [key]: value }) as { [K in Key]?: Value }
  return withTenant(actor.tenantId, async (tx) => {
    const contact = await billingContact(tx, clientId)
    const attempts = await attemptsOfInvoice(tx, id)
    const messages = await tx.rows<Omit<MailView, 'error'> & { error: string | null }>(sql`
      select id, kind, to_email as "to", subject, text, state, coalesce(sent_at, created_at) as at, error from messages
      where tenant_id = ${tx.tenantId} and invoice_id = ${id} order by created_at desc limit 50`)
    const links = await openLinks(tx, { invoiceId: id })
    const psa = await tx.row<{ minor: bigint }>(
      sql`select psa_balance_minor as minor from invoices where tenant_id = ${tx.tenantId} and id = ${id}`,
    )
    const writeBacks = await tx.rows<{
      id: string
      state: WriteBackState
      amountMinor: bigint
      externalId: string | null
      error: string | null
    }>(sql`
      select id, state, amount_minor, external_id, error from write_backs
      where tenant_id = ${tx.tenantId} and invoice_id = ${id} order by created_at`)
    const postings = await tx.rows<{
      id: string
      kind: string
      state: PostingState
      amountMinor: bigint
      externalKind: string | null
      externalId: string | null
      error: string | null
    }>(sql`
      select id, kind, state, amount_minor, external_kind, external_id, error from postings
      where tenant_id = ${tx.tenantId} and cause_kind = 'payment.succeeded' and cause_id = any(${attempts.map((one) => one.id)}::text[])
      order by created_at`)
    return {
      ...(contact === undefined ? {} : { billingContact: { name: contact.name, email: contact.email } }),
      attempts,
      messages: messages.map(({ error, ...row }) => ({ ...row, ...given('error', error) })),
      links,
      psaBalance: money(psa?.minor ?? 0n, currency),
      writeBacks: writeBacks.map(({ amountMinor, externalId, error, ...row }) => ({
        ...row,
        amount: money(amountMinor, currency),
        ...given('externalId', externalId),
        ...given('error', error),
      })),
      postings: postings.map(({ amountMinor, externalKind, externalId, error, ...row }) => ({
        ...row,
        amount: money(amountMinor, currency),
        ...given('externalKind', externalKind),
        ...given('externalId', externalId),
        ...given('error', error),
      })),
    }
  })
}
