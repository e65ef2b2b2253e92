import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Whether PostgreSQL's own load generator is on this machine; the embedded server comes without it. */
export async function hasPgbench(): Promise<boolean> {
  return run('pgbench', ['--version']).then(
    () => true,
    () => false,
  )
}

/** Charges per second that the database alone would take: the floor's two transactions, 32 sessions, prepared. */
export async function pgbench(databaseUrl: string, seconds: number): Promise<number> {
  const { hostname, port, username, password, pathname } = new URL(databaseUrl)
  const script = join(import.meta.dirname, 'floor.pgbench.sql')
  const shape = [
    '--no-vacuum',
    '--client=32',
    '--jobs=2',
    '--protocol=prepared',
    `--time=${seconds}`,
    `--file=${script}`,
  ]
  const { stdout } = await run(
    'pgbench',
    [...shape, `--host=${hostname}`, `--port=${port}`, `--username=${username}`, pathname.slice(1)],
    { env: { ...process.env, PGPASSWORD: password } },
  )
  const tps = /tps = ([\d.]+)/.exec(stdout)?.[1]
  if (tps === undefined) throw new Error(`pgbench said:\n${stdout}`)
  return Number(tps)
}
