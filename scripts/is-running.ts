import { existsSync, readFileSync } from 'node:fs'

/** Whether the process lives and, where the system tells, its command holds this text: numbers are given out again. */
export function isRunning(pid: number, command: string): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    const told = `/proc/${pid}/cmdline`
    return !existsSync(told) || readFileSync(told, 'utf8').includes(command)
  } catch {
    return false
  }
}
