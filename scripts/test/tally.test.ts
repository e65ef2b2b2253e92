import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { addUp, tallyOf } from './tally.ts'

const file = (report: object) => {
  const path = join(mkdtempSync(join(tmpdir(), 'tally-')), 'report.json')
  writeFileSync(path, JSON.stringify(report))
  return path
}

test('both runners’ reports are counted, and a test that needed a second try has failed', () => {
  const unit = tallyOf(file({ numPassedTests: 40, numFailedTests: 2, numPendingTests: 1 }), 1)
  const browser = tallyOf(file({ stats: { expected: 7, unexpected: 0, flaky: 1, skipped: 0 } }), 0)
  expect(addUp([unit, browser])).toEqual({ passed: 47, failed: 3, skipped: 1 })
})

test('a runner that dies, or fails outside of every test, never counts as passed', () => {
  expect(tallyOf('/nowhere/report.json', 1)).toEqual({ passed: 0, failed: 1, skipped: 0 })
  const clean = file({ numPassedTests: 40, numFailedTests: 0, numPendingTests: 0 })
  expect(tallyOf(clean, 1)).toEqual({ passed: 40, failed: 1, skipped: 0 })
  expect(tallyOf(clean, 0)).toEqual({ passed: 40, failed: 0, skipped: 0 })
})
