import 'server-only'
import { ConnectorFault } from '@/lib/connectors/connector-fault'
import type { PostingDocument } from '@/lib/connectors/contract'
import { newest, quoted } from './api'
import type { QuickbooksSecret } from './secret'

/**
 * What a unit of a document's currency is in the company's own: the rate at which the books took what it is about, so
 * that it makes no gain or loss which the MSP's bookkeeper did not book.
 * @throws ConnectorFault skip, where the books know none: left unsaid it would be 1
 */
export async function rateOf(secret: QuickbooksSecret, document: PostingDocument): Promise<number> {
  const rows = await beside(secret, document)
  const row = rows.find(({ CurrencyRef, ExchangeRate }) => CurrencyRef?.value === document.currency && ExchangeRate)
  if (row?.ExchangeRate !== undefined) return row.ExchangeRate
  const message = `QuickBooks says no rate for ${document.currency} beside what this is about.`
  throw new ConnectorFault('skip', message, { code: 'no-rate' })
}

/**
 * Of a payment and of what is taken back: the customer's newest invoice, since a customer has one currency. Of a deposit:
 * a document in it. Of what names no customer, a dispute say: the payments before it.
 */
function beside(secret: QuickbooksSecret, document: PostingDocument) {
  const customer = customerOf(document)
  if (customer !== undefined) return newest(secret, 'Invoice', `CustomerRef = ${quoted(customer)}`, 1)
  const linked = linkedIn(document)
  if (linked !== undefined)
    return newest(
      secret,
      linked.kind === 'Payment' ? 'Payment' : 'JournalEntry',
      `Id = ${quoted(linked.externalId)}`,
      1,
    )
  return newest(secret, 'Payment', `TxnDate <= ${quoted(document.on)}`)
}

function customerOf(document: PostingDocument): string | undefined {
  if (document.kind === 'payment') return document.customerExternalId
  if (document.kind === 'deposit') return undefined
  return document.lines.find(({ customerExternalId }) => customerExternalId !== undefined)?.customerExternalId
}

function linkedIn(document: PostingDocument): { kind: string; externalId: string } | undefined {
  if (document.kind !== 'deposit') return undefined
  return document.lines.flatMap((line) => ('linked' in line ? [line.linked] : []))[0]
}
