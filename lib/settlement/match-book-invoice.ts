import type { BookInvoice } from '@/lib/connectors/contract'
import { formatMoney } from '@/lib/money/format'
import type { Money } from '@/lib/money/money'

/** Our invoice, what is to be applied to it, and the customer its client is known to be in the books. */
export type Wanted = { number: string; total: Money; amount: Money; customerExternalId?: string }

export type Match = { ok: true; invoice: BookInvoice } | { ok: false; because: string }

/**
 * The one invoice in the books that is ours: same number, same total, same customer, and open for what is to be
 * applied. A guess would put money on a stranger's account, so none or several are for a person.
 */
export function matchBookInvoice(wanted: Wanted, found: readonly BookInvoice[], books: string): Match {
  const numbered = found.filter(({ number }) => number === wanted.number)
  const [only, ...more] = numbered
  const no = (because: string): Match => ({ ok: false, because })
  if (only === undefined) return no(`${books} has no invoice ${wanted.number}.`)
  if (more.length > 0) return no(`${books} has ${numbered.length} invoices ${wanted.number}.`)
  if (only.total.currency !== wanted.total.currency)
    return no(`Invoice ${wanted.number} is in ${only.total.currency} in ${books}, not in ${wanted.total.currency}.`)
  if (only.total.minor !== wanted.total.minor)
    return no(`Invoice ${wanted.number} is ${words(only.total)} in ${books}, but ${words(wanted.total)} in the PSA.`)
  if (wanted.customerExternalId !== undefined && only.customerExternalId !== wanted.customerExternalId)
    return no(`Invoice ${wanted.number} belongs to another customer in ${books} than this client's other invoices.`)
  if (only.balance.minor < wanted.amount.minor)
    return no(
      `Invoice ${wanted.number} has ${words(only.balance)} open in ${books}, less than the ${words(wanted.amount)} paid. It may have been paid there by hand.`,
    )
  return { ok: true, invoice: only }
}

function words(amount: Money): string {
  return formatMoney(amount, 'en-US')
}
