import { z } from 'zod'
import { type Money, money } from '@/lib/money/money'

/** What the tie-out compares. The journal is one side of each; what stands there in our own words is its label. */
const compared = ['psa', 'stripe', 'bank', 'books_receivable', 'books_deposits', 'books_fees'] as const

/** Why two figures differ, as far as it can be told. */
const gapCauses = [
  'write-back-refused',
  'psa-payment-removed',
  'psa-payment-unread',
  'psa-changed',
  'posting-refused',
  'document-deleted',
  'document-edited',
  'books-invoice-missing',
  'books-total-differs',
  'books-currency-differs',
  'books-paid-by-hand',
  'books-payment-missing',
  'credit-not-applied',
  'not-through-us',
  'unknown',
] as const
export type GapCause = (typeof gapCauses)[number]

const MoneyShape = z
  .object({ minor: z.string().regex(/^-?\d+$/), currency: z.string() })
  .transform(({ minor, currency }): Money => money(BigInt(minor), currency))

const Comparison = z.object({
  what: z.enum(compared),
  /** Who says so: `ConnectWise PSA`, `Stripe`, `QuickBooks Online`. */
  system: z.string(),
  /** What of it: `Open invoices`, `Clearing`, `5 payouts`. */
  detail: z.string(),
  journal: MoneyShape,
  elsewhere: MoneyShape,
  /** The part of the difference that is on its way and needs nobody. */
  onItsWay: MoneyShape,
  /** elsewhere − journal − onItsWay */
  gap: MoneyShape,
})
/** One line of the tie-out: two figures that should be the same. */
export type Comparison = z.output<typeof Comparison>

const Difference = z.object({
  what: z.enum(compared),
  subject: z.object({
    kind: z.enum(['invoice', 'payout', 'posting', 'connection']),
    id: z.string(),
    /** The invoice's number, the payout's id at Stripe. */
    label: z.string(),
  }),
  clientId: z.string().optional(),
  clientName: z.string().optional(),
  journal: MoneyShape,
  elsewhere: MoneyShape,
  gap: MoneyShape,
  cause: z.enum(gapCauses),
  /** One sentence: what probably happened. */
  words: z.string(),
  /** One sentence: what a person can do. */
  nextStep: z.string(),
})
/** Two figures that differ, with the invoice or payout they belong to and what probably happened. */
export type Difference = z.output<typeof Difference>

export const TieOutFigures = z.object({
  /** The MSP's own. Amounts of each comparison and difference are in one currency, and no two of them are added. */
  currency: z.string(),
  comparisons: z.array(Comparison),
  differences: z.array(Difference),
  /** Systems that could not be asked, with the reason: nothing is claimed about them. */
  unasked: z.array(z.object({ system: z.string(), reason: z.string() })),
  /** Currencies the books cannot hold, with the one they keep: there is nothing there to compare with. */
  unkept: z.array(z.object({ currency: z.string(), system: z.string(), home: z.string() })).default([]),
  /** What is missing in each currency, the own first; not yet told in rows of when only the own was compared. */
  gaps: z.array(MoneyShape).optional(),
})
export type TieOutFigures = Omit<z.output<typeof TieOutFigures>, 'gaps'>

/** The tie-out as pages see it. */
export type TieOut = TieOutFigures & { id: string; at: Date; gaps: Money[] }

/** What was compared in one currency. */
export type TieOutPart = Pick<TieOutFigures, 'comparisons' | 'differences'> & {
  currency: string
  gap: Money
  /** Set where the books cannot hold this currency. */
  unkept?: { system: string; home: string }
}

/** The tie-out currency by currency, the MSP's own first. */
export function partsOf(figures: TieOutFigures): TieOutPart[] {
  const compared = figures.comparisons.map(({ gap }) => gap.currency).filter((one) => one !== figures.currency)
  return [figures.currency, ...new Set(compared.sort())].map((currency) => {
    const comparisons = figures.comparisons.filter(({ gap }) => gap.currency === currency)
    const differences = figures.differences.filter(({ gap }) => gap.currency === currency)
    const unkept = figures.unkept.find((one) => one.currency === currency)
    const gap = totalGap({ currency, comparisons, differences })
    return { currency, comparisons, differences, gap, ...(unkept && { unkept }) }
  })
}

/** Of one currency. Every gap counts, also where two cancel out. */
function totalGap({ currency, comparisons, differences }: Omit<TieOutPart, 'gap' | 'unkept'>): Money {
  const absolute = (minor: bigint) => (minor < 0n ? -minor : minor)
  const named = differences.reduce((sum, { gap }) => sum + absolute(gap.minor), 0n)
  // A gap in a total that no difference names is still a gap.
  const unnamed = comparisons.reduce((sum, { what, gap }) => {
    const told = differences.filter((one) => one.what === what).reduce((part, one) => part + one.gap.minor, 0n)
    return sum + absolute(gap.minor - told)
  }, 0n)
  return money(named + unnamed, currency)
}
