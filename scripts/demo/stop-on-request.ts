import { rmSync } from 'node:fs'
import type { Crew } from './crew.ts'

/**
 * Stops the crew when this process is asked to end, or when the one that started it is gone, and then ends it. A second
 * request, a while later, does not wait for anybody: the processes are killed with their group by whoever started us.
 * @param files removed on the way out: what they say is no longer true
 */
export function stopOnRequest(crew: Crew, ...files: string[]): Promise<never> {
  let askedAt: number | undefined
  const stop = async () => {
    // npm and the terminal may both pass on one press of Ctrl-C.
    if (askedAt !== undefined && performance.now() - askedAt < 1_000) return
    if (askedAt !== undefined) process.exit(130)
    askedAt = performance.now()
    console.log('\nStopping …')
    await crew.stop()
    for (const file of files) rmSync(file, { force: true })
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop())
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent) void stop()
  }, 500).unref()
  return new Promise(() => {})
}
