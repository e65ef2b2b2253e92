import { cpuMs, look } from './processes.ts'

/** What a piece of work took: wall, CPU of this process, CPU of the database server. */
export type Cost = { wallMs: number; nodeMs: number; postgresMs: number }

export async function costOf(work: () => Promise<unknown>, postgresPid: number): Promise<Cost> {
  const before = look()
  const own = process.cpuUsage()
  const began = performance.now()
  await work()
  const wallMs = performance.now() - began
  const { user, system } = process.cpuUsage(own)
  return { wallMs, nodeMs: (user + system) / 1000, postgresMs: cpuMs(before, look(), postgresPid) }
}
