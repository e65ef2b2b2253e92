import { existsSync, readFileSync } from 'node:fs'
import { stripVTControlCharacters } from 'node:util'
import { z } from 'zod'

/** A test that failed, by its file and its name, and the beginning of what it said. */
export type Failure = { name: string; why: string }

/** What a runner counted, what failed, and what passed only when it was told again. */
export type Tally = { passed: number; failed: number; skipped: number; failures: Failure[]; again: Failure[] }

const failure = (file: string, test: string, said: string | undefined): Failure => ({
  name: `${file} › ${test}`,
  why: stripVTControlCharacters(said ?? '').slice(0, 600),
})

const Vitest = z
  .object({
    numPassedTests: z.int(),
    numFailedTests: z.int(),
    numPendingTests: z.int(),
    testResults: z.array(
      z.object({
        name: z.string(),
        status: z.string(),
        message: z.string().optional(),
        assertionResults: z.array(
          z.object({ status: z.string(), fullName: z.string(), failureMessages: z.array(z.string()).optional() }),
        ),
      }),
    ),
  })
  .transform(({ numPassedTests: passed, numFailedTests: failed, numPendingTests: skipped, testResults }) => ({
    passed,
    failed,
    skipped,
    again: [] as Failure[],
    failures: testResults.flatMap(({ name: file, status, message, assertionResults }) => {
      const tests = assertionResults
        .filter((one) => one.status === 'failed')
        .map(({ fullName, failureMessages }) => failure(file, fullName, failureMessages?.join('\n')))
      return status === 'failed' && tests.length === 0 ? [failure(file, 'outside of its tests', message)] : tests
    }),
  }))

const Result = z.object({ error: z.object({ message: z.string().optional() }).optional() })
const Spec = z.object({
  file: z.string(),
  title: z.string(),
  tests: z.array(z.object({ status: z.string(), results: z.array(Result).optional() })),
})
const Suite = z.object({
  specs: z.array(Spec),
  get suites() {
    return z.array(Suite).optional()
  },
})
type Suite = z.infer<typeof Suite>

const Playwright = z
  .object({
    suites: z.array(Suite),
    stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int(), skipped: z.int() }),
  })
  .transform(({ stats, suites }) => ({
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
    skipped: stats.skipped,
    failures: suites.flatMap((suite) => specsThat('unexpected', suite)),
    again: suites.flatMap((suite) => specsThat('flaky', suite)),
  }))

function specsThat(are: 'unexpected' | 'flaky', { specs, suites = [] }: Suite): Failure[] {
  const own = specs.filter(({ tests }) => tests.some(({ status }) => status === are))
  const saidBy = ({ tests }: z.infer<typeof Spec>) =>
    tests.flatMap(({ results = [] }) => results.flatMap(({ error }) => error?.message ?? [])).join('\n')
  return [
    ...own.map((spec) => failure(spec.file, spec.title, saidBy(spec))),
    ...suites.flatMap((suite) => specsThat(are, suite)),
  ]
}

/**
 * Counts what a runner reported. A runner that failed without a failed test (it crashed, or something was thrown outside
 * of any test) counts as one failure.
 */
export function tallyOf(reportFile: string, exitCode: number): Tally {
  const report = existsSync(reportFile) ? JSON.parse(readFileSync(reportFile, 'utf8')) : undefined
  const read = z.union([Vitest, Playwright]).safeParse(report)
  const tally = read.success ? read.data : { passed: 0, failed: 0, skipped: 0, failures: [], again: [] }
  return exitCode !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally
}

/** The files in which something failed. */
export function failedFiles({ failures }: Tally): string[] {
  return [...new Set(failures.map(({ name }) => name.split(' › ')[0] ?? ''))]
}

/** A first telling of everything, and a second of the files in which something failed: what counts is the second. */
export function toldAgain(first: Tally, second: Tally): Tally {
  return {
    passed: first.passed + Math.max(0, first.failed - second.failed),
    failed: second.failed,
    skipped: first.skipped,
    failures: second.failures,
    again: first.failures.filter(({ name }) => !second.failures.some((other) => other.name === name)),
  }
}

export function addUp(tallies: readonly Tally[]): Tally {
  const sum = (of: (one: Tally) => number) => tallies.reduce((total, one) => total + of(one), 0)
  return {
    passed: sum((one) => one.passed),
    failed: sum((one) => one.failed),
    skipped: sum((one) => one.skipped),
    failures: tallies.flatMap(({ failures }) => failures),
    again: tallies.flatMap(({ again }) => again),
  }
}
