// npm test, once the packages are there: every test, unit to browser, with a database and a sandbox of their own.
// Arguments name parts (unit, sandbox, db, …, browser); none means all. After `browser` they are Playwright's.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import vitest from '../../.config/vitest.ts'
import { Crew } from '../demo/crew.ts'
import { type Stack, startStack } from '../demo/stack.ts'
import { stopOnRequest } from '../demo/stop-on-request.ts'
import { isRunning } from '../is-running.ts'
import { writePrivate } from '../postgres.ts'
import { sinceStart } from '../progress.mjs'
import { addUp, type Failure, failedFiles, type Tally, tallyOf, toldAgain } from './tally.ts'

const folder = '.data/test'
const pidFile = join(folder, 'pid')
const traces = resolve('.traces')

const projects = (vitest.test?.projects ?? []).flatMap((project) =>
  typeof project === 'object' && 'test' in project && typeof project.test?.name === 'string' ? [project.test.name] : [],
)
const asked = process.argv.slice(2)
const browserAt = asked.indexOf('browser')
const named = browserAt === -1 ? asked : asked.slice(0, browserAt)
const unknown = named.filter((name) => !projects.includes(name))
if (unknown.length > 0) throw new Error(`There is no part "${unknown[0]}": ${[...projects, 'browser'].join(', ')}`)
const wantsAll = asked.length === 0

const running = existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8')) : 0
if (isRunning(running, 'run-tests')) {
  console.error(`Tests are running already, as process ${running}.`)
  process.exit(1)
}
rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
writeFileSync(pidFile, String(process.pid))
if (wantsAll) rmSync(traces, { recursive: true, force: true })
process.env.SANDBOX_TRACE = traces

const crew = new Crew({ logFolder: join(folder, 'log'), graceMs: 4_000 })
void stopOnRequest(crew, { exitCode: 130 })
const tallies: Tally[] = []
const times: string[] = []

// What kills processes and what plants bugs comes alone; the others share the machine.
const together = ['unit', 'sandbox', 'db'].filter((name) => wantsAll || named.includes(name))
const alone = projects.filter((name) => !together.includes(name) && (wantsAll || named.includes(name)))
for (const group of [together, ...alone.map((name) => [name])])
  if (group.length > 0) await count(group.join(', '), runVitest(group))

const hasSpecs = readdirSync('e2e', { recursive: true, encoding: 'utf8' }).some((name) => name.endsWith('.spec.ts'))
const specs = wantsAll ? [] : asked.slice(browserAt + 1)
if ((wantsAll && hasSpecs) || browserAt !== -1) await count('browser', runBrowser(specs))

await crew.stop()
const { passed, failed, skipped, failures, again } = addUp(tallies)
console.log(`\nAll in ${sinceStart()} (${times.join('; ')})${skipped > 0 ? `, ${skipped} skipped` : ''}.\n`)
for (const one of again) console.log(`passed only when told again: ${inWords(one)}`)
for (const one of failures) console.log(`failed: ${inWords(one)}`)
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)

/** What failed and why, where whoever reads only the end of the output finds it. */
function inWords({ name, why }: Failure): string {
  return `${name}\n${why.replaceAll(/^/gm, '    ')}`.replaceAll(`${process.cwd()}/`, '')
}

async function count(name: string, running: Promise<Tally>): Promise<void> {
  const began = performance.now()
  tallies.push(await running)
  times.push(`${name} ${Math.round((performance.now() - began) / 1000)} s`)
}

/**
 * Runs parts side by side. In continuous integration a file in which something fails is told once more, by itself: what
 * failed because two processes had to share a core passes then, and is named; what is broken fails again.
 */
async function runVitest(group: string[]): Promise<Tally> {
  const first = await tellFiles(group, [])
  const files = failedFiles(first)
  if (process.env.CI === undefined || files.length === 0) return first
  console.log(`\nTold again: ${files.join(', ')}\n`)
  return toldAgain(first, await tellFiles(group, files))
}

async function tellFiles(group: string[], files: string[]): Promise<Tally> {
  const report = join(folder, `${group.join('-')}${files.length > 0 ? '-again' : ''}.json`)
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const chosen = group.flatMap((name) => ['--project', name])
  return tallyOf(
    report,
    await run('vitest/vitest.mjs', ['run', '--config', '.config/vitest.ts', ...chosen, ...reporters, ...files]),
  )
}

/** The journeys, against the whole product: its own web, worker, database and sandbox, beside whatever else runs. */
async function runBrowser(args: string[]): Promise<Tally> {
  const report = resolve(folder, 'browser.json')
  const bringUp = startStack(crew, {
    folder,
    buildFolder: '.next-test',
    databaseName: 'closeloop_e2e',
    webPort: 3200,
    postgresPort: 0,
    hostPort: 0,
    sandbox: { portBase: 0, traceFolder: traces },
  })
  try {
    const stack = await Promise.race([bringUp, crew.lost])
    await tell(stack)
  } catch (error) {
    console.error(error)
    return {
      passed: 0,
      failed: 1,
      skipped: 0,
      failures: [{ name: 'the journeys’ product', why: String(error) }],
      again: [],
    }
  }
  process.env.PLAYWRIGHT_JSON_OUTPUT_NAME = report
  const playwright = ['test', '--config', 'e2e/playwright.config.ts', ...args]
  return tallyOf(report, await Promise.race([run('@playwright/test/cli.js', playwright), crew.lost.catch(fallen)]))
}

/** Where the journeys find everything: see e2e/support/stack.ts. */
async function tell({ publicUrl, databaseUrl, env, sandbox, owner }: Stack): Promise<void> {
  const file = resolve(folder, 'stack.json')
  await writePrivate(file, { web: publicUrl, database: databaseUrl, env, ...sandbox, owner })
  Object.assign(process.env, { E2E_STACK: file, E2E_WEB: publicUrl })
}

function fallen(error: unknown): number {
  console.error(error)
  return 1
}

async function run(program: string, args: string[]): Promise<number> {
  const child = spawn(process.execPath, [join('node_modules', program), ...args], {
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const [code] = (await once(child, 'exit')) as [number | null]
  return code ?? 1
}
