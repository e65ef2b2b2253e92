import { formatMoney } from '@/lib/money/format'
import { money } from '@/lib/money/money'
import type { GapCause } from './tie-out-figures'

/** An amount that did not arrive, and why, if a system said so. */
type Stuck = { minor: bigint; why: string }

/** What an invoice owes by our journal, and by the PSA as it was last read. */
export type PsaGap = {
  what: 'psa'
  system: string
  number: string
  currency: string
  journalMinor: bigint
  elsewhereMinor: bigint
  /** Write-backs under way: by so much the PSA still shows more. */
  waitingMinor: bigint
  /** Write-backs that need a person. */
  stuck?: Stuck
  /** Written there after the PSA was last read: the figure is older than what we did. */
  isOlder: boolean
  /** Payments of ours whose rows somebody removed there. */
  removedMinor: bigint
  /** Paid here with credit that the PSA must apply by itself. */
  creditMinor: bigint
}

/** What an invoice owes by our journal, and in the books now. */
export type BooksGap = {
  what: 'books'
  system: string
  number: string
  currency: string
  journalMinor: bigint
  /** Absent: there is no such invoice, or only one in another currency. */
  elsewhereMinor?: bigint
  elsewhereCurrency?: string
  totalMinor: bigint
  elsewhereTotalMinor?: bigint
  /** Postings under way: by so much the books still show more. */
  waitingMinor: bigint
  refused?: Stuck
  /** What postings of ours had taken off it that no longer stand there. */
  deletedMinor: bigint
  /** By how much postings of ours that stand there say another amount. */
  editedMinor: bigint
  /** Paid outside of us, as the PSA has recorded it. */
  recordedMinor: bigint
  /** Paid here with the client's credit. */
  creditMinor: bigint
}

export type Explained =
  | { gapMinor: 0n; onItsWayMinor: bigint }
  | { gapMinor: bigint; onItsWayMinor: bigint; cause: GapCause; words: string; nextStep: string }

/**
 * What a difference is made of: the part that is on its way, which needs nobody, and the rest, with the likeliest
 * cause. Evidence that equals the rest to the cent is believed before evidence that does not.
 */
export function explainGap(facts: PsaGap | BooksGap): Explained {
  const difference = (facts.elsewhereMinor ?? 0n) - facts.journalMinor
  if (difference === 0n) return { gapMinor: 0n, onItsWayMinor: 0n }
  if (facts.what === 'psa' && facts.isOlder) return { gapMinor: 0n, onItsWayMinor: difference }
  const rest = difference - facts.waitingMinor
  if (rest === 0n) return { gapMinor: 0n, onItsWayMinor: difference }
  const told = facts.what === 'psa' ? explainPsa(facts, rest) : explainBooks(facts, rest)
  return { gapMinor: rest, onItsWayMinor: facts.waitingMinor, ...told }
}

type Told = { cause: GapCause; words: string; nextStep: string }

function explainPsa(facts: PsaGap, rest: bigint): Told {
  const { system, number, stuck, removedMinor, currency } = facts
  const amount = words(rest, currency)
  const evidence: [minor: bigint, told: Told][] = [
    [
      stuck?.minor ?? 0n,
      {
        cause: 'write-back-refused',
        words: `${system} has not taken our payment of ${words(stuck?.minor ?? 0n, currency)} on invoice ${number}: ${stuck?.why ?? ''}`,
        nextStep: 'Mend what it says, then write it back again.',
      },
    ],
    [
      removedMinor,
      {
        cause: 'psa-payment-removed',
        words: `Our payment of ${words(removedMinor, currency)} was removed from invoice ${number} in ${system}.`,
        nextStep: 'If that was a mistake, write it back again.',
      },
    ],
    [facts.creditMinor, creditTold(facts)],
  ]
  const found = believed(evidence, rest)
  if (found !== undefined) return found
  return rest < 0n
    ? {
        cause: 'psa-payment-unread',
        words: `${system} shows ${amount} less open on invoice ${number}: probably a payment recorded there that we have not read yet.`,
        nextStep: 'Read the invoice again. If it stays, compare its payments.',
      }
    : {
        cause: 'psa-changed',
        words: `${system} shows ${amount} more open on invoice ${number}: probably it was changed there after we last read it.`,
        nextStep: 'Read the invoice again. If it stays, compare its lines and payments.',
      }
}

function explainBooks(facts: BooksGap, rest: bigint): Told {
  const { system, number, refused, deletedMinor, editedMinor, recordedMinor, currency } = facts
  const amount = words(rest, currency)
  if (facts.elsewhereCurrency !== undefined)
    return {
      cause: 'books-currency-differs',
      words: `Invoice ${number} is in ${facts.elsewhereCurrency} in ${system}, and in ${currency} in the PSA.`,
      nextStep: 'Put it right there: a customer’s currency cannot be changed, so it takes another customer.',
    }
  if (facts.elsewhereMinor === undefined)
    return {
      cause: 'books-invoice-missing',
      words: `${system} has no invoice ${number}.`,
      nextStep: 'Send it there from the PSA, or create it with the same number, customer and total.',
    }
  const evidence: [minor: bigint, told: Told][] = [
    [
      refused?.minor ?? 0n,
      {
        cause: 'posting-refused',
        words: `${system} refused our posting for invoice ${number}: ${refused?.why ?? ''}`,
        nextStep: 'Mend what it says, then post again.',
      },
    ],
    [
      deletedMinor,
      {
        cause: 'document-deleted',
        words: `The payment of ${words(deletedMinor, currency)} on invoice ${number} was deleted or voided in ${system}.`,
        nextStep: 'If that was a mistake, post it again; if it was entered otherwise there, leave it.',
      },
    ],
    [
      editedMinor,
      {
        cause: 'document-edited',
        words: `The payment on invoice ${number} was edited in ${system}, by ${words(editedMinor, currency)}.`,
        nextStep: 'Put the amount right there.',
      },
    ],
    [facts.creditMinor, creditTold(facts)],
  ]
  const found = believed(evidence, rest)
  if (found !== undefined) return found
  if (facts.elsewhereTotalMinor !== undefined && facts.elsewhereTotalMinor !== facts.totalMinor)
    return {
      cause: 'books-total-differs',
      words: `Invoice ${number} was edited in ${system} or the PSA: ${words(facts.elsewhereTotalMinor, currency)} there, ${words(facts.totalMinor, currency)} in the PSA.`,
      nextStep: 'Make both the same; the PSA’s is what the client sees.',
    }
  if (rest < 0n)
    return {
      cause: 'books-paid-by-hand',
      words: `${system} shows ${amount} less open on invoice ${number}: a payment or credit was applied there that is not in the PSA.`,
      nextStep: 'Record it in the PSA too, or take it back there.',
    }
  if (recordedMinor >= rest)
    return {
      cause: 'books-payment-missing',
      words: `${amount} that was recorded in the PSA on invoice ${number} has not reached ${system}.`,
      nextStep: 'Enter that payment there, or wait for the bridge from the PSA.',
    }
  return {
    cause: 'unknown',
    words: `${system} shows ${amount} more open on invoice ${number}; a payment may have been applied to another invoice there.`,
    nextStep: 'Compare the payments applied to it.',
  }
}

function creditTold({ system, number, creditMinor, currency }: PsaGap | BooksGap): Told {
  const amount = words(creditMinor, currency)
  return {
    cause: 'credit-not-applied',
    words: `${amount} of the client’s credit pays invoice ${number} here, and not in ${system}.`,
    nextStep: `Apply the credit to the invoice in ${system}.`,
  }
}

/** The evidence that equals what is to be explained, else the first there is. */
function believed(evidence: [minor: bigint, told: Told][], rest: bigint): Told | undefined {
  return (evidence.find(([minor]) => minor === rest) ?? evidence.find(([minor]) => minor !== 0n))?.[1]
}

function words(minor: bigint, currency: string): string {
  return formatMoney(money(minor < 0n ? -minor : minor, currency), 'en-US')
}
