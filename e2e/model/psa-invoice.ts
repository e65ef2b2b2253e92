import type { PulledInvoice } from '@/lib/connectors/contract'
import { money } from '@/lib/money/money'

const usd = (minor: bigint) => money(minor, 'USD')

/** An invoice as a sync would bring it, in dollars. */
export function newInvoice(externalId: string, clientExternalId: string, cents: bigint): PulledInvoice {
  return standing({
    ...{ externalId, clientExternalId, kind: 'invoice', number: `N${externalId}`, psaType: 'Standard' },
    ...{ psaStatus: 'Sent', issuedOn: '2026-11-02', dueOn: '2026-12-02', tax: usd(0n), total: usd(cents) },
    ...{ balance: usd(cents), lines: [], payments: [], source: {} },
  })
}

/** With one line that makes the total, and what the PSA says is left. */
export function standing(invoice: PulledInvoice): PulledInvoice {
  const { total, payments } = invoice
  const paid = payments.reduce((sum, { amount }) => sum + amount.minor, 0n)
  const line = { kind: 'product' as const, heading: '', description: 'Support', quantity: '1', taxable: false }
  return {
    ...invoice,
    balance: usd(total.minor > paid ? total.minor - paid : 0n),
    lines: [{ ...line, unitPrice: total, amount: total }],
  }
}
