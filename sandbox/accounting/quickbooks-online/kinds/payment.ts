import type { Books } from '../books.ts'
import { cents, dollars, sum } from '../cents.ts'
import { systemAccounts } from '../chart-of-accounts.ts'
import { receivableIn } from '../currencies.ts'
import { QuickbooksFault } from '../fault.ts'
import type { Link } from '../link-table.ts'
import type { Line } from '../schema/line.ts'
import type { Content } from '../schema/schemas.ts'
import type { Stored } from '../stored.ts'
import { depositLinks, depositOf, refuseWhenDeposited } from './deposited.ts'
import type { Kind } from './kind.ts'
import { openItem } from './open-item.ts'

export const payment: Kind<'Payment'> = {
  accept(books, { DocNumber: _, ...content }, previous) {
    if (cents(content.TotalAmt) < 0)
      throw new QuickbooksFault('6000', 'Payment amount must be 0 or greater', 'TotalAmt')
    const CustomerRef = books.refer('Customer', content.CustomerRef, 'Names')
    const accepted = {
      ...content,
      CustomerRef,
      DepositToAccountRef: books.moneyAccount(
        content.DepositToAccountRef ?? { value: systemAccounts.undepositedFunds },
      ),
      ...(content.PaymentMethodRef && {
        PaymentMethodRef: books.refer('PaymentMethod', content.PaymentMethodRef, 'PaymentMethods'),
      }),
      ARAccountRef: { value: receivableIn(content.CurrencyRef) },
      Line: (content.Line ?? []).map((line) => acceptLine(books, line, CustomerRef.value, previous)),
    }
    const { charges, credits } = appliedCents(books, accepted)
    if (credits > charges || cents(content.TotalAmt) < charges - credits) {
      throw new QuickbooksFault('6000', 'The amount applied is more than the payment and its credits', 'TotalAmt')
    }
    refuseTwice(accepted.Line)
    refuseWhenDeposited(books, previous, accepted)
    return accepted
  },
  footprint: (content) => ({
    ledger: [
      {
        accountId: content.DepositToAccountRef?.value ?? systemAccounts.undepositedFunds,
        cents: cents(content.TotalAmt),
      },
      {
        accountId: receivableIn(content.CurrencyRef),
        cents: -cents(content.TotalAmt),
        customerId: content.CustomerRef.value,
      },
    ],
    applies: (content.Line ?? []).flatMap(linksOf),
    deposits: [],
  }),
  derived(books, { id }, content) {
    const { charges, credits } = appliedCents(books, content)
    return {
      UnappliedAmt: dollars(cents(content.TotalAmt) - charges + credits),
      LinkedTxn: depositLinks(depositOf(books, { type: 'Payment', id })),
    }
  },
}

function linksOf({ Amount, LinkedTxn }: Line): Link[] {
  return (LinkedTxn ?? []).map(({ TxnType, TxnId }) => ({ target: { type: TxnType, id: TxnId }, cents: cents(Amount) }))
}

function acceptLine(books: Books, line: Line, customerId: string, previous: Stored<'Payment'> | undefined): Line {
  const [link, ...more] = line.LinkedTxn ?? []
  if (link === undefined || more.length > 0) {
    throw new QuickbooksFault('2020', 'Required parameter Line.LinkedTxn is missing in the request', 'Line.LinkedTxn')
  }
  const item = openItem(books, link)
  if (!books.isSameCustomer(item.customerId, customerId)) {
    throw new QuickbooksFault('6000', 'The transaction and the payment have different customers', 'Line.LinkedTxn')
  }
  const already = books.applications
    .sourcesOf({ type: link.TxnType, id: link.TxnId })
    .find(([sourceId]) => sourceId === previous?.id)
  const free = item.openCents + (already?.[1] ?? 0)
  if (cents(line.Amount) <= 0 || cents(line.Amount) > free) {
    const detail = `The amount ${line.Amount} is not between 0 and the open balance ${dollars(free)}`
    throw new QuickbooksFault('6000', detail, 'Line.Amount')
  }
  return { Amount: line.Amount, LinkedTxn: [{ TxnId: link.TxnId, TxnType: link.TxnType }] }
}

function refuseTwice(lines: Line[]): void {
  const named = lines.flatMap((line) => (line.LinkedTxn ?? []).map(({ TxnType, TxnId }) => `${TxnType}:${TxnId}`))
  if (new Set(named).size < named.length) {
    throw new QuickbooksFault('6000', 'A transaction is linked more than once', 'Line.LinkedTxn')
  }
}

/** What the lines pay (invoices, debits) and what they use to pay with (credit memos, credits). */
function appliedCents(books: Books, content: Content<'Payment'>): { charges: number; credits: number } {
  const links = (content.Line ?? []).flatMap((line) =>
    (line.LinkedTxn ?? []).map((link) => ({ cents: cents(line.Amount), isCredit: openItem(books, link).isCredit })),
  )
  return {
    charges: sum(links.filter(({ isCredit }) => !isCredit).map((link) => link.cents)),
    credits: sum(links.filter(({ isCredit }) => isCredit).map((link) => link.cents)),
  }
}
