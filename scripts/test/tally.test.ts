import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { addUp, failedFiles, tallyOf, toldAgain } from './tally.ts'

const file = (report: object) => {
  const path = join(mkdtempSync(join(tmpdir(), 'tally-')), 'report.json')
  writeFileSync(path, JSON.stringify(report))
  return path
}

const clean = { numPassedTests: 40, numFailedTests: 0, numPendingTests: 0, testResults: [] }

test('both runners’ reports are counted, with the names of what failed and of what needed a second try', () => {
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
      stats: { expected: 7, unexpected: 1, flaky: 1, skipped: 0 },
      suites: [
        {
          specs: [spec('pays', 'expected'), spec('waits', 'unexpected')],
          suites: [{ specs: [spec('declines', 'flaky')] }],
        },
      ],
    }),
    0,
  )
  expect(addUp([unit, browser])).toEqual({
    passed: 48,
    failed: 3,
    skipped: 1,
    failures: ['lib/a.test.ts › takes', 'lib/b.test.ts › outside of its tests', 'pay.spec.ts › waits'],
    again: ['pay.spec.ts › declines'],
  })
})

test('a runner that dies, or fails outside of every test, never counts as passed', () => {
  expect(tallyOf('/nowhere/report.json', 1)).toMatchObject({ passed: 0, failed: 1, skipped: 0 })
  expect(tallyOf(file(clean), 1)).toMatchObject({ passed: 40, failed: 1, skipped: 0 })
  expect(tallyOf(file(clean), 0)).toMatchObject({ passed: 40, failed: 0, skipped: 0 })
})

test('of files that are told again the second telling counts, and what it mended is named', () => {
  const none = { skipped: 0, again: [] }
  const first = { ...none, passed: 10, failed: 3, failures: ['a.ts › one', 'a.ts › two', 'b.ts › three'] }
  expect(failedFiles(first)).toEqual(['a.ts', 'b.ts'])
  expect(toldAgain(first, { ...none, passed: 7, failed: 1, failures: ['a.ts › two'] })).toEqual({
    passed: 12,
    failed: 1,
    skipped: 0,
    failures: ['a.ts › two'],
    again: ['a.ts › one', 'b.ts › three'],
  })
  // A second telling that breaks down is no pass.
  expect(toldAgain(first, { ...none, passed: 0, failed: 1, failures: [] }).failed).toBe(1)
})
