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
            { status: 'failed', fullName: 'takes', failureMessages: ['\u001b[31mexpected 3\u001b[39m'] },
          ],
        },
        { name: 'lib/b.test.ts', status: 'failed', message: 'no database', assertionResults: [] },
      ],
    }),
    1,
  )
  const spec = (title: string, status: string) => ({
    ...{ file: 'pay.spec.ts', title },
    tests: [{ status, results: status === 'expected' ? [] : [{ error: { message: 'no button' } }] }],
  })
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
    failures: [
      { name: 'lib/a.test.ts › takes', why: 'expected 3' },
      { name: 'lib/b.test.ts › outside of its tests', why: 'no database' },
      { name: 'pay.spec.ts › waits', why: 'no button' },
    ],
    again: [{ name: 'pay.spec.ts › declines', why: 'no button' }],
  })
})

test('a runner that dies, or fails outside of every test, never counts as passed', () => {
  expect(tallyOf('/nowhere/report.json', 1)).toMatchObject({ passed: 0, failed: 1, skipped: 0 })
  expect(tallyOf(file(clean), 1)).toMatchObject({ passed: 40, failed: 1, skipped: 0 })
  expect(tallyOf(file(clean), 0)).toMatchObject({ passed: 40, failed: 0, skipped: 0 })
})

test('of files that are told again the second telling counts, and what it mended is named', () => {
  const none = { skipped: 0, again: [] }
  const [one, two, three] = ['a.ts › one', 'a.ts › two', 'b.ts › three'].map((name) => ({ name, why: '' }))
  if (one === undefined || two === undefined || three === undefined) throw new Error('three are named')
  const first = { ...none, passed: 10, failed: 3, failures: [one, two, three] }
  expect(failedFiles(first)).toEqual(['a.ts', 'b.ts'])
  expect(toldAgain(first, { ...none, passed: 7, failed: 1, failures: [{ ...two, why: 'still' }] })).toEqual({
    passed: 12,
    failed: 1,
    skipped: 0,
    failures: [{ ...two, why: 'still' }],
    again: [one, three],
  })
  // A second telling that breaks down is no pass.
  expect(toldAgain(first, { ...none, passed: 0, failed: 1, failures: [] }).failed).toBe(1)
})
