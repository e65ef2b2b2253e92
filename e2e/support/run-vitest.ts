import { spawn } from 'node:child_process'
import { inject } from 'vitest'

/** Runs test files in a process of their own, under other circumstances, with databases on the server of this run. */
export function runVitest(
  files: string[],
  env: Record<string, string>,
): Promise<{ passed: number; failed: number; output: string }> {
  return new Promise((resolve, reject) => {
    const args = ['run', '--config', '.config/vitest.ts', '--project', 'unit', '--project', 'db', ...files]
    const child = spawn('node_modules/.bin/vitest', args, {
      env: { ...process.env, SANDBOX_TRACE: '', TEST_POSTGRES_URL: inject('postgresUrl'), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString()
      })
    child.once('error', reject)
    child.once('close', () => {
      // A run that did not get to its tests counts none, and so proves nothing.
      const [summary = ''] = /^\s*Tests .*$/m.exec(stripColors(output)) ?? []
      const count = (word: string) => Number(new RegExp(`(\\d+) ${word}`).exec(summary)?.[1] ?? 0)
      resolve({ passed: count('passed'), failed: count('failed'), output })
    })
  })
}

function stripColors(text: string): string {
  return text.replaceAll(new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g'), '')
}
