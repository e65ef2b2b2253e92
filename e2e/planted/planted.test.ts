import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { plantedBugs } from './bugs.ts'

/** Runs the tests a bug must fail, with that bug in place. */
function runWith(name: string, tests: string[]): Promise<{ failed: number; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      'node_modules/.bin/vitest',
      ['run', '--config', '.config/vitest.ts', '--project', 'unit', '--project', 'db', '--bail', '1', ...tests],
      {
        env: { ...process.env, PLANTED_BUG: name, SANDBOX_TRACE: '' },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    )
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString()
      })
    child.once('error', reject)
    child.once('close', () => {
      // A run that did not get to its tests proves nothing.
      const failed = /Tests .*?(\d+) failed/.exec(output.replaceAll(/\u001b\[\d+m/g, ''))
      resolve({ failed: Number(failed?.[1] ?? 0), output })
    })
  })
}

test('every bug can be planted: its place stands in the code exactly once', () => {
  for (const bug of plantedBugs)
    if ('file' in bug) expect(readFileSync(bug.file, 'utf8').split(bug.from), bug.name).toHaveLength(2)
})

for (const bug of plantedBugs)
  test(`caught: ${bug.name}`, async () => {
    const { failed, output } = await runWith(bug.name, bug.tests)
    expect(failed, output.slice(-2_000)).toBeGreaterThan(0)
  })
