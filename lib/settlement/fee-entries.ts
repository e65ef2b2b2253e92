import type { PlainDate } from '@/lib/base/clock'
import type { Entry } from '@/lib/ledger/entry'
import { money } from '@/lib/money/money'
import { isPureFee } from './payout-row'

export type Charged = {
  balanceTransactionId: string
  attemptId: string | null
  category: string
  amountMinor: bigint
  feeMinor: bigint
  currency: string
  createdAt: Date
}

/**
 * What the processor kept, one entry per row of its book: the fee of a payment, a refund or a dispute, or a charge by
 * itself. A fee that is given back moves the other way. Rows of money that did not come through us are not ours to book.
 */
export function feeEntries(rows: readonly Charged[], bookedOn: (at: Date) => PlainDate): Entry[] {
  return rows.flatMap((row) => {
    const isOwn = isPureFee(row.category)
    const minor = isOwn ? row.feeMinor - row.amountMinor : row.feeMinor
    if (minor === 0n || (!isOwn && row.attemptId === null)) return []
    const [debit, credit] =
      minor > 0n ? (['processor_fees', 'clearing'] as const) : (['clearing', 'processor_fees'] as const)
    return [
      {
        cause: { kind: 'fee.charged' as const, id: row.balanceTransactionId },
        happenedAt: row.createdAt,
        bookedOn: bookedOn(row.createdAt),
        movements: [
          {
            debit,
            credit,
            amount: money(minor < 0n ? -minor : minor, row.currency),
            ...(row.attemptId === null ? {} : { attemptId: row.attemptId }),
          },
        ],
      },
    ]
  })
}
