import 'server-only'
import type { PlainDate } from '@/lib/base/clock'
import type { Tx } from '@/lib/base/db'
import { waitingCredit } from '@/lib/payments/waiting-credit'
import { type AutopayDecision, decideAutopays } from './decide-autopay'
import { type Covered, readCovered } from './read-covered'

export type Decided = { of: Covered; decision: AutopayDecision }

/**
 * What becomes of a client's open invoices under its standing consent, the oldest first, with what of its credit is
 * neither used nor announced. That credit is held until the transaction ends, and read before the invoices: what was
 * announced while we waited for it is seen.
 * @param of currency: what the consent is in
 */
export async function decideCovered(
  tx: Tx,
  of: { clientId: string; currency: string; dueUntil?: PlainDate },
  today: PlainDate,
): Promise<Decided[]> {
  const credit = await waitingCredit(tx, of.clientId, of.currency)
  return decideAutopays(await readCovered(tx, of, today), credit, today)
}
