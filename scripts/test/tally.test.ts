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

const clean = { numPassedTests: 40, numFailedTests: 0, numPendingTests: 0, testResults: [] }

test('both runners’ reports are counted, and a test that needed a second try has failed', () => {
  const unit = tallyOf(
    file({
      numPassedTests: 40,
      numFailedTests: 2,
      numPendingTests: 1,
      testResults: [
        {
          name: 'lib/a.test.ts',
          status: 'failed',
          assertionResults: [
            { status: 'passed', fullName: 'adds' },
            { status: 'failed', fullName: 'takes' },
          ],
        },
        { name: 'lib/b.test.ts', status: 'failed', assertionResults: [] },
      ],
    }),
    1,
  )
  const spec = (title: string, status: string) => ({ file: 'pay.spec.ts', title, tests: [{ status }] })
  const browser = tallyOf(
    file({
      stats: { expected: 7, unexpected: 0, flaky: 1, skipped: 0 },
      suites: [{ specs: [spec('pays', 'expected')], suites: [{ specs: [spec('declines', 'flaky')] }] }],
    }),
    0,
  )
  expect(addUp([unit, browser])).toEqual({
    passed: 47,
    failed: 3,
    skipped: 1,
    failures: ['lib/a.test.ts › takes', 'lib/b.test.ts › outside of its tests', 'pay.spec.ts › declines'],
  })
})

test('a runner that dies, or fails outside of every test, never counts as passed', () => {
  expect(tallyOf('/nowhere/report.json', 1)).toMatchObject({ passed: 0, failed: 1, skipped: 0 })
  expect(tallyOf(file(clean), 1)).toMatchObject({ passed: 40, failed: 1, skipped: 0 })
  expect(tallyOf(file(clean), 0)).toMatchObject({ passed: 40, failed: 0, skipped: 0 })
})
