import type { ClientView, Owed } from '@/lib/billing/client'
import { sum, zero } from '@/lib/money/money'
import type { AttemptView } from '@/lib/payments/attempt'
import { cash } from '../../cash'
import type { Figure } from '../../figures'

/** Four figures in the client's own currency, and beneath each what there is of it in another. */
export function clientFigures(client: ClientView, underWay: readonly AttemptView[]): Figure[] {
  const own = client.open.currency
  const figure = (label: string, in_: (currency: string) => Pick<Figure, 'value' | 'note'>): Figure => ({
    ...{ label, ...in_(own) },
    others: otherCurrencies(client, underWay).map((currency) => ({ currency, ...in_(currency) })),
  })
  return [
    figure('Open', (currency) => {
      const { open, overdue } = owedIn(client, currency)
      const late = <span className="text-bad">{cash(overdue)} overdue</span>
      return { value: cash(open), note: overdue.minor > 0n ? late : 'Nothing overdue' }
    }),
    figure('On its way', (currency) => {
      const debits = underWay.filter(({ amount }) => amount.currency === currency).map(({ amount }) => amount)
      const count = debits.length === 1 ? '1 bank debit' : `${debits.length} bank debits`
      return { value: cash(sum(debits, currency)), note: debits.length === 0 ? 'Nothing under way' : count }
    }),
    {
      label: 'Open invoices',
      value: String(client.others.reduce((count, { openCount }) => count + openCount, client.openCount)),
      note: client.termsDays === undefined ? 'No terms in the PSA' : `Terms: net ${client.termsDays}`,
    },
    figure('Unapplied credit', (currency) => {
      const credit = [client.credit, ...client.otherCredits].find((one) => one.currency === currency) ?? zero(currency)
      return { value: cash(credit), note: credit.minor === 0n ? 'None' : 'Pays no invoice yet' }
    }),
  ]
}

function owedIn(client: ClientView, currency: string): Owed {
  const nothing = { open: zero(currency), overdue: zero(currency), openCount: 0 }
  return [client, ...client.others].find(({ open }) => open.currency === currency) ?? nothing
}

function otherCurrencies(client: ClientView, underWay: readonly AttemptView[]): string[] {
  const amounts = [
    ...client.others.map(({ open }) => open),
    ...client.otherCredits,
    ...underWay.map((one) => one.amount),
  ]
  return [...new Set(amounts.map(({ currency }) => currency))].filter((one) => one !== client.open.currency).sort()
}
