import { expect, test } from 'vitest'
import { money } from '@/lib/money/money'
import { type Comparison, type Difference, partsOf, type TieOutFigures } from './tie-out-figures'

function comparison(what: Comparison['what'], gapMinor: bigint, currency: string): Comparison {
  const [none, gap] = [money(0n, currency), money(gapMinor, currency)]
  return { what, system: 'QuickBooks', detail: 'Open invoices', journal: none, elsewhere: gap, onItsWay: none, gap }
}

function difference(what: Comparison['what'], gapMinor: bigint, currency: string): Difference {
  const { journal, elsewhere, gap } = comparison(what, gapMinor, currency)
  const subject = { kind: 'invoice' as const, id: `${gapMinor}`, label: '20418' }
  return { what, subject, journal, elsewhere, gap, cause: 'unknown', words: 'What.', nextStep: 'Next.' }
}

const figures = (over: Partial<TieOutFigures>): TieOutFigures => ({
  ...{ currency: 'USD', comparisons: [], differences: [], unasked: [], unkept: [] },
  ...over,
})

test('the own currency comes first, also where nothing was compared in it', () => {
  expect(partsOf(figures({})).map(({ currency, gap }) => [currency, gap.minor])).toEqual([['USD', 0n]])
  const comparisons = [comparison('psa', 0n, 'EUR'), comparison('psa', 0n, 'CAD'), comparison('psa', 0n, 'USD')]
  expect(partsOf(figures({ comparisons })).map(({ currency }) => currency)).toEqual(['USD', 'CAD', 'EUR'])
})

test('gaps that cancel out count twice within a currency, and gaps of two currencies never meet', () => {
  const found = figures({
    comparisons: [comparison('psa', 0n, 'USD'), comparison('psa', -300n, 'CAD'), comparison('bank', 7n, 'CAD')],
    differences: [
      difference('psa', 500n, 'USD'),
      difference('psa', -500n, 'USD'),
      difference('psa', -300n, 'CAD'), // named; the 7 cents of the bank are not, and count all the same
    ],
    unkept: [{ currency: 'CAD', system: 'QuickBooks', home: 'USD' }],
  })
  const [own, other] = partsOf(found)
  expect([own?.gap, own?.differences.length, own?.unkept]).toEqual([money(1_000n, 'USD'), 2, undefined])
  expect([other?.gap, other?.differences.length, other?.unkept?.home]).toEqual([money(307n, 'CAD'), 1, 'USD'])
})
