import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const rows = readFileSync('e2e/faults/README.md', 'utf8')
  .split('\n')
  .flatMap((line) => [...line.matchAll(/^\| (\d+) \| [^|]+ \| (.+) \|$/g)])
  .map(([, number, shownBy = '']) => ({ number: Number(number), shownBy }))

test('the table has all 52 faults, each shown by tests that carry its number or without its part of the product', () => {
  expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 52 }, (_, at) => at + 1))
  for (const { number, shownBy } of rows) {
    const files = [...shownBy.matchAll(/`([^`]+)`/g)].map(([, file = '']) => file)
    if (files.length === 0) expect(shownBy, String(number)).toMatch(/^not yet: /)
    for (const file of files) expect(numbersOf(file), `${file} carries fault ${number}`).toContain(number)
  }
})

/** The faults that a file's tests carry in their names: "fault 1, 2 …" or "faults 1, 2". */
function numbersOf(file: string): number[] {
  const names = readFileSync(file, 'utf8').matchAll(/[`'"]faults? (\d+(?:, \d+)*)/g)
  return [...names].flatMap(([, numbers = '']) => numbers.split(', ').map(Number))
}
