import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Logger, runMigrations as migrateQueue } from 'graphile-worker'
import pg from 'pg'
import { MIGRATIONS, openSchemaEngine, readSchema } from './schema-engine.ts'

const SNAPSHOT = join(MIGRATIONS, 'snapshot.prisma')
const noFilter = { externalTables: [], externalEnums: [] }

/**
 * Applies every migration that the database does not have yet, the job queue's own included. Processes that start
 * together take turns. A migration that was cut off is begun again: each is sent whole, as one transaction, so it has
 * left nothing but the note that it was begun.
 * @returns the names of those applied
 */
export async function applyMigrations(databaseUrl: string): Promise<string[]> {
  await createDatabase(databaseUrl)
  const turn = new pg.Client({ connectionString: databaseUrl })
  await turn.connect()
  try {
    await turn.query(`select pg_advisory_lock(hashtextextended('closeloop migrations', 0))`)
    await migrateQueue({ connectionString: databaseUrl, logger: quiet })
    await forgetCutOff(turn)
    return await applyMissing(databaseUrl)
  } finally {
    await turn.end()
  }
}

async function forgetCutOff(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string | null }>(`select to_regclass('_prisma_migrations') as name`)
  if (rows[0]?.name === null) return
  await client.query('delete from _prisma_migrations where finished_at is null and rolled_back_at is null')
}

async function applyMissing(databaseUrl: string): Promise<string[]> {
  const { engine, close } = await openSchemaEngine(databaseUrl)
  try {
    const lockfile = { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' }
    const migrationDirectories = migrationNames().map((name) => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok' as const, value: readFileSync(join(MIGRATIONS, name, 'migration.sql'), 'utf8') },
      },
    }))
    const migrationsList = { baseDir: MIGRATIONS, lockfile, shadowDbInitScript: '', migrationDirectories }
    const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList, filters: noFilter })
    return appliedMigrationNames
  } finally {
    await close()
  }
}

/**
 * Writes what the schema gained since the last migration as a new one, and the schema as its snapshot. The snapshot is
 * what the next one starts from, so that keys, policies and triggers written by hand are never mistaken for drift.
 * @returns the new folder's name, or undefined when nothing changed
 */
export async function writeMigration(databaseUrl: string, name: string, at: Date): Promise<string | undefined> {
  const { engine, close } = await openSchemaEngine(databaseUrl)
  try {
    const schema = readSchema()
    const to = { tag: 'schemaDatamodel' as const, files: schema.map(([path, content]) => ({ path, content })) }
    const from = existsSync(SNAPSHOT)
      ? {
          tag: 'schemaDatamodel' as const,
          files: [{ path: 'snapshot.prisma', content: readFileSync(SNAPSHOT, 'utf8') }],
        }
      : { tag: 'empty' as const }
    const { stdout } = await engine.diff({ from, to, script: true, exitCode: null, filters: noFilter })
    const statements = (stdout ?? '').trim()
    if (statements === '' || statements === '-- This is an empty migration.') return undefined
    const stamp = at.toISOString().replaceAll(/\D/g, '').slice(0, 14)
    const folder = `${stamp}_${name.replaceAll(/\W+/g, '_').toLowerCase()}`
    mkdirSync(join(MIGRATIONS, folder), { recursive: true })
    writeFileSync(join(MIGRATIONS, folder, 'migration.sql'), `${statements}\n`)
    writeFileSync(join(MIGRATIONS, 'migration_lock.toml'), 'provider = "postgresql"\n')
    writeFileSync(SNAPSHOT, schema.map(([, content]) => content).join('\n'))
    return folder
  } finally {
    await close()
  }
}

/** Folders of prisma/migrations, oldest first. */
export function migrationNames(): string[] {
  if (!existsSync(MIGRATIONS)) return []
  return readdirSync(MIGRATIONS)
    .filter((name) => /^\d{14}_/.test(name))
    .sort()
}

async function createDatabase(databaseUrl: string): Promise<void> {
  const url = new URL(databaseUrl)
  const name = url.pathname.slice(1)
  url.pathname = '/postgres'
  const client = new pg.Client({ connectionString: url.toString() })
  await client.connect()
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name])
    if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`).catch(unlessThere)
  } finally {
    await client.end()
  }
}

/** Another process, started in the same moment, was quicker. */
function unlessThere(error: pg.DatabaseError): void {
  if (error.code !== '42P04' && error.code !== '23505') throw error
}

const quiet = new Logger(() => () => {})
