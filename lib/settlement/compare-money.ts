import { formatMoney } from '@/lib/money/format'
import { money } from '@/lib/money/money'
import type { BooksNow, Compared } from './compare-invoices'
import type { ClearingSides, PayoutSides } from './tie-out-facts'
import type { Comparison, Difference } from './tie-out-figures'

/** What lies at Stripe, by the journal's clearing account and by Stripe itself. */
export function compareClearing(
  sides: ClearingSides,
  stripeMinor: bigint,
  currency: string,
  connection: { id: string; label: string },
): Compared {
  const difference = stripeMinor - sides.journalMinor
  const known = sides.unbookedMinor - sides.leavingMinor
  // Payments whose rows have not been read yet make the two figures of different times.
  const onItsWay = sides.isUnread ? difference : known
  const gap = difference - onItsWay
  const comparison = compared('stripe', 'Stripe', 'Clearing', currency, sides.journalMinor, stripeMinor, onItsWay)
  if (gap === 0n) return { comparison, differences: [] }
  const isStrange = sides.strangeMinor !== 0n
  const strange = words(sides.strangeMinor, currency)
  return {
    comparison,
    differences: [
      {
        what: 'stripe',
        subject: { kind: 'connection', ...connection },
        journal: comparison.journal,
        elsewhere: comparison.elsewhere,
        gap: comparison.gap,
        cause: isStrange ? 'not-through-us' : 'unknown',
        words: isStrange
          ? `Stripe has moved ${strange} on this account that did not come through Closeloop.`
          : `Stripe holds ${words(stripeMinor, currency)}, the journal says ${words(sides.journalMinor, currency)}.`,
        nextStep: isStrange
          ? 'Look in Stripe for charges made there by hand or by another program.'
          : 'It is read again by itself. If it stays for an hour, compare the balance in Stripe.',
      },
    ],
  }
}

/** What has reached the bank, by the journal and by Stripe's payouts. */
export function compareBank(payouts: readonly PayoutSides[], currency: string): Compared {
  const journal = total(payouts, ({ bankMinor }) => bankMinor)
  const paid = total(payouts, ({ amountMinor }) => amountMinor)
  const comparison = compared('bank', 'Bank', counted(payouts.length, 'payout'), currency, journal, paid, 0n)
  const differences = payouts.flatMap((payout) =>
    payout.bankMinor === payout.amountMinor
      ? []
      : [
          differing('bank', payout, currency, payout.bankMinor, payout.amountMinor, {
            cause: 'unknown',
            words: `The payout of ${payout.arrivesOn} is ${words(payout.amountMinor, currency)}, the journal has ${words(payout.bankMinor, currency)}.`,
            nextStep: 'It is read again by itself. If it stays, look at the payout in Stripe.',
          }),
        ],
  )
  return { comparison, differences }
}

/** Payout by payout: the deposit in the books, and the fees in it. */
export function compareDeposits(
  payouts: readonly PayoutSides[],
  feeMinor: bigint,
  books: BooksNow,
  currency: string,
): Compared[] {
  const seen = payouts.map((payout) => ({ payout, ...standingOf(payout, books) }))
  const deposits = {
    journal: total(payouts, ({ bankMinor }) => bankMinor),
    there: total(seen, ({ thereMinor }) => thereMinor),
    waiting: total(seen, ({ payout, how }) => (how === 'waiting' ? -payout.bankMinor : 0n)),
  }
  // Fees reach the books inside a deposit: those of deposits still to come are on their way.
  const inBooks = total(seen, ({ payout, how }) => (how === 'stands' || how === 'edited' ? payout.feeMinor : 0n))
  const lost = total(seen, ({ payout, how }) => (how === 'refused' || how === 'deleted' ? payout.feeMinor : 0n))
  const posted = seen.filter(({ how }) => how === 'stands' || how === 'edited').length
  return [
    {
      comparison: compared(
        'books_deposits',
        books.system,
        counted(posted, 'deposit'),
        currency,
        deposits.journal,
        deposits.there,
        deposits.waiting,
      ),
      differences: seen.flatMap(({ payout, how, thereMinor }) => {
        const told = explainDeposit(payout, how, thereMinor, books.system, currency)
        return told === undefined
          ? []
          : [differing('books_deposits', payout, currency, payout.bankMinor, thereMinor, told)]
      }),
    },
    {
      comparison: compared('books_fees', books.system, 'Fees', currency, feeMinor, inBooks, inBooks + lost - feeMinor),
      differences: seen.flatMap(({ payout, how, thereMinor }) => {
        const told = how === 'edited' ? undefined : explainDeposit(payout, how, thereMinor, books.system, currency)
        return told === undefined || payout.feeMinor === 0n
          ? []
          : [differing('books_fees', payout, currency, payout.feeMinor, 0n, told)]
      }),
    },
  ]
}

type How = 'stands' | 'edited' | 'deleted' | 'refused' | 'waiting'

function standingOf(payout: PayoutSides, { standing, asked, readAt }: BooksNow): { how: How; thereMinor: bigint } {
  if (payout.state === 'refused') return { how: 'refused', thereMinor: 0n }
  if (payout.state !== 'posted') return { how: 'waiting', thereMinor: 0n }
  const name = `${payout.externalKind} ${payout.externalId}`
  const isNewer = payout.postedAt !== null && payout.postedAt >= readAt
  if (!asked.has(name))
    return isNewer ? { how: 'waiting', thereMinor: 0n } : { how: 'stands', thereMinor: payout.bankMinor }
  const there = standing.get(name)
  if (there === undefined) return { how: 'deleted', thereMinor: 0n }
  // A payout of nothing or less stands there as a journal entry, whose total is not the bank's amount.
  if (payout.externalKind !== 'Deposit') return { how: 'stands', thereMinor: payout.bankMinor }
  return { how: there.minor === payout.bankMinor ? 'stands' : 'edited', thereMinor: there.minor }
}

type Told = Pick<Difference, 'cause' | 'words' | 'nextStep'>

function explainDeposit(
  payout: PayoutSides,
  how: How,
  thereMinor: bigint,
  system: string,
  currency: string,
): Told | undefined {
  const which = `The deposit of ${payout.arrivesOn}`
  switch (how) {
    case 'stands':
    case 'waiting':
      return undefined
    case 'refused':
      return {
        cause: 'posting-refused',
        words: `${system} refused the deposit of ${payout.arrivesOn}: ${payout.error ?? ''}`,
        nextStep: 'Mend what it says, then post again.',
      }
    case 'deleted':
      return {
        cause: 'document-deleted',
        words: `${which} was deleted in ${system}.`,
        nextStep: 'If that was a mistake, enter it again there with the same lines.',
      }
    case 'edited':
      return {
        cause: 'document-edited',
        words: `${which} was edited in ${system}: ${words(thereMinor, currency)} there, ${words(payout.bankMinor, currency)} at the bank.`,
        nextStep: 'Put its lines right there; the bank’s amount is the payout’s.',
      }
  }
}

function differing(
  what: Difference['what'],
  { id, payoutId }: PayoutSides,
  currency: string,
  journalMinor: bigint,
  elsewhereMinor: bigint,
  told: Told,
): Difference {
  return {
    what,
    subject: { kind: 'payout', id, label: payoutId },
    journal: money(journalMinor, currency),
    elsewhere: money(elsewhereMinor, currency),
    gap: money(elsewhereMinor - journalMinor, currency),
    ...told,
  }
}

function compared(
  what: Comparison['what'],
  system: string,
  detail: string,
  currency: string,
  journal: bigint,
  elsewhere: bigint,
  onItsWay: bigint,
): Comparison {
  return {
    what,
    system,
    detail,
    journal: money(journal, currency),
    elsewhere: money(elsewhere, currency),
    onItsWay: money(onItsWay, currency),
    gap: money(elsewhere - journal - onItsWay, currency),
  }
}

function total<Item>(items: readonly Item[], of: (item: Item) => bigint): bigint {
  return items.reduce((sum, item) => sum + of(item), 0n)
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

function words(minor: bigint, currency: string): string {
  return formatMoney(money(minor, currency), 'en-US')
}
