import type { PlainDate } from '@/lib/base/clock'

/**
 * A write-back as it stands. `writtenMinor` without an `externalId` is a row that may be there: it was about to be added
 * when we last heard of it.
 */
export type WriteBack = {
  id: string
  attemptId: string
  invoiceId: string
  clientId: string
  number: string
  amountMinor: bigint
  writtenMinor: bigint
  currency: string
  paidOn: PlainDate
  externalId: string | null
}

export type PushStep = 'look' | 'add' | 'remove' | 'done'

/** The next thing to do so that the PSA shows the amount that should stand there. */
export function decidePush({ externalId, amountMinor, writtenMinor }: WriteBack): PushStep {
  if (externalId !== null) return writtenMinor === amountMinor ? 'done' : 'remove'
  if (writtenMinor > 0n) return 'look'
  return amountMinor > 0n ? 'add' : 'done'
}
