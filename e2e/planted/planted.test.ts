import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { runVitest } from '../support/run-vitest.ts'
import { plantedBugs } from './bugs.ts'

test('every bug can be planted: its place stands in the code exactly once', () => {
  for (const bug of plantedBugs)
    if ('file' in bug) expect(readFileSync(bug.file, 'utf8').split(bug.from), bug.name).toHaveLength(2)
})

for (const bug of plantedBugs)
  test.concurrent(`caught: ${bug.name}`, async ({ expect }) => {
    const { failed, output } = await runVitest(['--bail', '1', ...bug.tests], { PLANTED_BUG: bug.name })
    expect(failed, output.slice(-2_000)).toBeGreaterThan(0)
  })
