import { rmSync } from 'node:fs'
import type { Crew } from './crew.ts'

/**
 * Stops the crew when this process is asked to end, or when the one that started it is gone, and then ends it. A second
 * request, a while later, does not wait for anybody: the processes are killed with their group by whoever started us.
 * @param options.exitCode 0 for what runs until it is stopped; something else for what should have come to an end
 * @param options.outdated a file removed on the way out: what it says is no longer true
 */
export function stopOnRequest(crew: Crew, options: { exitCode?: number; outdated?: string } = {}): Promise<never> {
  const { exitCode = 0, outdated } = options
  let askedAt: number | undefined
  const stop = async () => {
    // npm and the terminal may both pass on one press of Ctrl-C.
    if (askedAt !== undefined && performance.now() - askedAt < 1_000) return
    if (askedAt !== undefined) process.exit(130)
    askedAt = performance.now()
    console.log('\nStopping …')
    await crew.stop()
    if (outdated !== undefined) rmSync(outdated, { force: true })
    process.exit(exitCode)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop())
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent) void stop()
  }, 500).unref()
  return new Promise(() => {})
}
