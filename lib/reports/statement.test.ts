import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addUpStatement, csvOf, type StatementKind } from './statement'

const usd = (minor: bigint) => ({ minor, currency: 'USD' })
const kinds: StatementKind[] = ['invoice', 'invoice_changed', 'credit_memo', 'payment', 'refund', 'adjustment']

test('opening, what was asked for, less what was paid, is closing', () => {
  const moves = fc.array(
    fc.record({
      on: fc.constant('2026-11-12'),
      kind: fc.constantFrom(...kinds),
      numbers: fc.constant<string[]>(['20397']),
      amount: fc.bigInt({ min: -1_000_000n, max: 1_000_000n }).map(usd),
    }),
  )
  fc.assert(
    fc.property(fc.bigInt({ min: -1_000_000n, max: 1_000_000n }), moves, (opening, list) => {
      const about = { clientName: 'Hadley', from: '2026-11-01', to: '2026-11-20', opening: usd(opening) }
      const { billed, paid, closing, rows } = addUpStatement(about, list)
      expect(opening + billed.minor - paid.minor).toBe(closing.minor)
      expect(rows.at(-1)?.balance ?? usd(opening)).toEqual(closing)
    }),
  )
})

test('no cell is a formula, whatever a name begins with; numbers stay numbers', () => {
  expect(csvOf([['=HYPERLINK("http://x")', '+1', '-1', '@x', '\t=1', 'plain "quoted", name', usd(-12_345n)]])).toBe(
    `"'=HYPERLINK(""http://x"")","'+1","'-1","'@x","'\t=1","plain ""quoted"", name",-123.45\r\n`,
  )
})
