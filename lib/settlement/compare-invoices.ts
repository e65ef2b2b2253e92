import type { BookInvoice } from '@/lib/connectors/contract'
import { type Money, money } from '@/lib/money/money'
import { explainGap } from './explain-gap'
import type { InvoiceEffect, InvoiceSides } from './tie-out-facts'
import type { Comparison, Difference } from './tie-out-figures'

/** What the books say now, or that they could not be asked. */
export type BooksNow = {
  system: string
  /** Their own currency, and whether they keep others beside it. */
  home: string
  keepsOthers: boolean
  readAt: Date
  /** Open ones, and those that were looked up by their number. */
  invoices: ReadonlyMap<string, BookInvoice>
  /** Documents of ours that were asked for, by `kind id`: of others nothing is known, and nothing said. */
  asked: ReadonlySet<string>
  /** Those of them that still stand. */
  standing: ReadonlyMap<string, Money>
}

export type Compared = { comparison: Comparison; differences: Difference[] }

/** Invoice by invoice: what is owed by the journal, and by the PSA as last read. */
export function compareWithPsa(invoices: readonly InvoiceSides[], system: string, currency: string): Compared {
  const sides = invoices.map((invoice) => {
    const explained = explainGap({
      what: 'psa',
      system,
      number: invoice.number,
      currency,
      journalMinor: invoice.journalMinor,
      elsewhereMinor: invoice.psaMinor,
      waitingMinor: invoice.waitingMinor,
      isOlder: invoice.isOlder,
      removedMinor: invoice.removedMinor,
      creditMinor: invoice.psaCreditMinor,
      ...(invoice.stuckMinor === 0n ? {} : { stuck: { minor: invoice.stuckMinor, why: invoice.stuckWhy ?? '' } }),
    })
    return { invoice, elsewhereMinor: invoice.psaMinor, explained }
  })
  return summed('psa', system, 'Open invoices', currency, sides)
}

/** Invoice by invoice: what is owed by the journal, and in the books now. */
export function compareWithBooks(
  invoices: readonly InvoiceSides[],
  effects: readonly InvoiceEffect[],
  books: BooksNow,
  currency: string,
): Compared {
  const byInvoice = Map.groupBy(effects, ({ invoiceId }) => invoiceId)
  const sides = invoices.map((invoice) => {
    const named = books.invoices.get(invoice.number)
    const isOther = named !== undefined && named.total.currency !== currency
    const there = isOther ? undefined : named
    const how = weigh(byInvoice.get(invoice.id) ?? [], books)
    const explained = explainGap({
      what: 'books',
      system: books.system,
      number: invoice.number,
      currency,
      journalMinor: invoice.journalMinor,
      totalMinor: invoice.totalMinor,
      recordedMinor: invoice.recordedMinor,
      creditMinor: invoice.creditMinor,
      ...how,
      ...(isOther ? { elsewhereCurrency: named.total.currency } : {}),
      ...(there === undefined ? {} : { elsewhereMinor: there.balance.minor, elsewhereTotalMinor: there.total.minor }),
    })
    return { invoice, elsewhereMinor: there?.balance.minor ?? 0n, explained }
  })
  return summed('books_receivable', books.system, 'Open invoices', currency, sides)
}

type Weighed = {
  waitingMinor: bigint
  refused?: { minor: bigint; why: string }
  deletedMinor: bigint
  editedMinor: bigint
}

/** How our own doings on one invoice stand in the books: on the way, refused, gone, changed. */
function weigh(effects: readonly InvoiceEffect[], { readAt, asked, standing }: BooksNow): Weighed {
  const weighed: Weighed = { waitingMinor: 0n, deletedMinor: 0n, editedMinor: 0n }
  for (const { minor, state, error, externalKind, externalId, postedAt, amountMinor } of effects) {
    if (state === 'refused') weighed.refused = { minor: (weighed.refused?.minor ?? 0n) + minor, why: error ?? '' }
    else if (state !== 'posted') weighed.waitingMinor += minor
    else if (postedAt !== null && postedAt >= readAt) weighed.waitingMinor += minor
    else if (asked.has(`${externalKind} ${externalId}`)) {
      const there = standing.get(`${externalKind} ${externalId}`)
      if (there === undefined || there.minor === 0n) weighed.deletedMinor += minor
      else if (there.minor !== amountMinor) weighed.editedMinor += (amountMinor ?? 0n) - there.minor
    }
  }
  return weighed
}

function summed(
  what: 'psa' | 'books_receivable',
  system: string,
  detail: string,
  currency: string,
  sides: { invoice: InvoiceSides; elsewhereMinor: bigint; explained: ReturnType<typeof explainGap> }[],
): Compared {
  const total = (of: (side: (typeof sides)[number]) => bigint) =>
    money(
      sides.reduce((sum, side) => sum + of(side), 0n),
      currency,
    )
  const differences = sides.flatMap(({ invoice, elsewhereMinor, explained }): Difference[] => {
    if (!('cause' in explained)) return []
    const { cause, words, nextStep, gapMinor } = explained
    return [
      {
        what,
        subject: { kind: 'invoice', id: invoice.id, label: invoice.number },
        clientId: invoice.clientId,
        clientName: invoice.clientName,
        journal: money(invoice.journalMinor, currency),
        elsewhere: money(elsewhereMinor, currency),
        gap: money(gapMinor, currency),
        cause,
        words,
        nextStep,
      },
    ]
  })
  return {
    comparison: {
      what,
      system,
      detail,
      journal: total(({ invoice }) => invoice.journalMinor),
      elsewhere: total(({ elsewhereMinor }) => elsewhereMinor),
      onItsWay: total(({ explained }) => explained.onItsWayMinor),
      gap: total(({ explained }) => explained.gapMinor),
    },
    differences,
  }
}
