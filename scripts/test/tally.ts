import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'

export type Tally = { passed: number; failed: number; skipped: number }

const Vitest = z
  .object({ numPassedTests: z.int(), numFailedTests: z.int(), numPendingTests: z.int() })
  .transform(({ numPassedTests: passed, numFailedTests: failed, numPendingTests: skipped }) => ({
    passed,
    failed,
    skipped,
  }))
const Playwright = z
  .object({
    stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int(), skipped: z.int() }),
  })
  // A test that passes only at the second try has failed once.
  .transform(({ stats }) => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
    skipped: stats.skipped,
  }))

/**
 * Counts what a runner reported. A runner that failed without a failed test (it crashed, or something was thrown outside
 * of any test) counts as one failure.
 */
export function tallyOf(reportFile: string, exitCode: number): Tally {
  const report = existsSync(reportFile) ? JSON.parse(readFileSync(reportFile, 'utf8')) : undefined
  const read = z.union([Vitest, Playwright]).safeParse(report)
  const tally = read.success ? read.data : { passed: 0, failed: 0, skipped: 0 }
  return exitCode !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally
}

export function addUp(tallies: readonly Tally[]): Tally {
  const sum = (of: (one: Tally) => number) => tallies.reduce((total, one) => total + of(one), 0)
  return { passed: sum((one) => one.passed), failed: sum((one) => one.failed), skipped: sum((one) => one.skipped) }
}
