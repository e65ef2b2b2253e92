import 'server-only'
import type { StatementLinkActor } from '@/lib/access/pay-link'
import { withTenant } from '@/lib/base/db'
import { openHoldsOf } from '@/lib/billing/holds'
import { billingContact, listInvoices } from '@/lib/billing/queries'
import { isInFlight } from '@/lib/payments/attempt'
import { checkoutTerms } from '@/lib/payments/checkout-terms'
import { readOffer } from '@/lib/payments/payable-invoices'
import { listAttempts } from '@/lib/payments/queries'
import { attemptForInvoices } from '../../pay-view'

/** So many are listed; nobody owes as many. */
const listedMax = 1_000

/** Everything the page of a statement's link needs beside the link itself. */
export async function readStatement(actor: StatementLinkActor) {
  const [invoices, offer, attempts, rest] = await Promise.all([
    listInvoices(actor, { count: listedMax }),
    readOffer(actor, undefined),
    listAttempts(actor, {}),
    withTenant(actor.tenantId, async (tx) => ({
      contact: await billingContact(tx, actor.clientId),
      terms: await checkoutTerms(tx),
      holds: await openHoldsOf(tx, actor.invoiceIds),
    })),
  ])
  return {
    ...rest,
    offer,
    /** What can be done something about comes first, by its due date; what is settled or void comes last. */
    invoices: invoices.items.toSorted(
      (one, other) =>
        rankOf(one) - rankOf(other) ||
        one.dueOn.localeCompare(other.dueOn) ||
        one.number.localeCompare(other.number, 'en', { numeric: true }),
    ),
    underWay: attempts.items
      .filter(({ state }) => isInFlight(state))
      .map((attempt) => attemptForInvoices(attempt, actor.invoiceIds)),
  }
}

export type StatementRead = Awaited<ReturnType<typeof readStatement>>

function rankOf({ balance }: { balance: { minor: bigint } }): number {
  return balance.minor > 0n ? 0 : 1
}
