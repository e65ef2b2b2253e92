import type { DepositLine, JournalDocumentLine, PostingDocument } from '@/lib/connectors/contract'
import { formatMoney } from '@/lib/money/format'
import { money } from '@/lib/money/money'
import { isPureFee, type PayoutRow } from './payout-row'
import type { Heading } from './posting-document'

export type DepositDecision =
  | { do: 'post'; document: PostingDocument }
  /** Something it links is not in the books yet. */
  | { do: 'wait'; for: string }
  | { do: 'refuse'; because: string }

/**
 * The payout as one deposit: a line for every payment and for everything taken back, linked to its document, and each
 * fee as a line of its own. Its sum is the bank's amount to the cent, or there is no deposit. A payout of nothing, or
 * one that the bank paid, cannot be a deposit and becomes a journal entry from the bank.
 */
export function depositDocument(heading: Heading, payoutMinor: bigint, rows: readonly PayoutRow[]): DepositDecision {
  const listed = rows.reduce((sum, row) => sum + row.amountMinor - row.feeMinor, 0n)
  if (listed !== payoutMinor) {
    const [has, says] = [listed, payoutMinor].map((minor) => formatMoney(money(minor, heading.currency), 'en-US'))
    return { do: 'refuse', because: `Its movements add up to ${has}, the payout is ${says}.` }
  }
  const lines: DepositLine[] = []
  for (const row of rows) {
    const decided = linesOf(row, heading.currency)
    if (!Array.isArray(decided)) return decided
    lines.push(...decided)
  }
  if (payoutMinor <= 0n) return { do: 'post', document: fromBank(heading, payoutMinor, rows) }
  const amount = money(payoutMinor, heading.currency)
  return { do: 'post', document: { kind: 'deposit', ...heading, amount, lines } }
}

function linesOf(row: PayoutRow, currency: string): DepositLine[] | Exclude<DepositDecision, { do: 'post' }> {
  const fee = (minor: bigint): DepositLine[] =>
    minor === 0n
      ? []
      : [{ role: 'processor_fees', amount: money(-minor, currency), description: `Stripe fee, ${row.about}` }]
  if (isPureFee(row.category)) return fee(row.feeMinor - row.amountMinor)
  if (row.amountMinor === 0n) return fee(row.feeMinor)
  // A refund in Stripe's dashboard, say, of which we have yet to hear.
  if (row.cause === undefined && row.isOurs)
    return { do: 'wait', for: `what Stripe moved for ${row.about} is not known here yet` }
  if (row.cause === undefined) {
    const amount = formatMoney(money(row.amountMinor, currency), 'en-US')
    return {
      do: 'refuse',
      because: `It contains ${amount} that did not come through Closeloop (${row.balanceTransactionId}).`,
    }
  }
  const sign = row.amountMinor > 0n ? 1n : -1n
  const linked: DepositLine[] = []
  for (const { state, externalKind, externalId, externalTag, amountMinor } of row.postings) {
    if (state !== 'posted' || externalKind === null || externalId === null)
      return { do: 'wait', for: `${row.about} is not posted yet` }
    linked.push({
      linked: { kind: externalKind, externalId, ...(externalTag ? { lineId: externalTag } : {}) },
      amount: money(sign * amountMinor, currency),
    })
  }
  if (linked.length === 0) return { do: 'wait', for: `${row.about} is not posted yet` }
  const posted = linked.reduce((sum, { amount }) => sum + amount.minor, 0n)
  if (posted !== row.amountMinor)
    return { do: 'refuse', because: `${row.about} is posted with another amount than Stripe moved.` }
  return [...linked, ...fee(row.feeMinor)]
}

function fromBank(heading: Heading, payoutMinor: bigint, rows: readonly PayoutRow[]): PostingDocument {
  const fees = rows.reduce(
    (sum, row) => sum + (isPureFee(row.category) ? row.feeMinor - row.amountMinor : row.feeMinor),
    0n,
  )
  const cleared = payoutMinor + fees
  // Signed: what is positive is debited.
  const moved: { role: JournalDocumentLine['role']; minor: bigint }[] = [
    { role: 'clearing', minor: -cleared },
    { role: 'processor_fees', minor: fees },
    { role: 'bank', minor: payoutMinor },
  ]
  return {
    kind: 'journal',
    ...heading,
    lines: moved
      .filter(({ minor }) => minor !== 0n)
      .map(({ role, minor }) => ({
        role,
        side: minor > 0n ? ('debit' as const) : ('credit' as const),
        amount: money(minor < 0n ? -minor : minor, heading.currency),
        description: heading.note,
      })),
  }
}
