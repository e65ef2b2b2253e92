import fc from 'fast-check'
import { expect, test } from 'vitest'
import { acrossTenants } from './db'
import { sql } from './sql'

const text = fc.oneof(
  fc.constantFrom('', 'NULL', 'null', '{}', 'a,b', '"', '\\', '\\"', ' leading', 'two\nlines', '{"json": "{}"}'),
  fc.string({ unit: 'binary' }).filter((value) => !value.includes('\0') && value.isWellFormed()),
)

test('an array comes to the database as it was, whatever its elements hold', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.option(text)), async (sent) => {
      const row = await acrossTenants((tx) => tx.row<{ came: (string | null)[] }>(sql`select ${sent}::text[] as came`))
      expect(row?.came).toEqual(sent)
    }),
    { numRuns: 200 },
  )
})

test('amounts, instants and flags in arrays keep their value', async () => {
  const at = new Date('2026-11-20T15:42:00.123Z')
  const came = await acrossTenants((tx) =>
    tx.rows(sql`
      select * from unnest(${[9_007_199_254_740_993n, null]}::bigint[], ${[at, null]}::timestamptz[], ${[true, false]}::bool[])
        as sent (minor, instant, flag)`),
  )
  expect(came).toEqual([
    { minor: 9_007_199_254_740_993n, instant: at, flag: true },
    { minor: null, instant: null, flag: false },
  ])
})
