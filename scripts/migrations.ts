import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Logger, runMigrations as migrateQueue } from 'graphile-worker'
import pg from 'pg'
import { MIGRATIONS, openSchemaEngine, readSchema } from './schema-engine.ts'

const SNAPSHOT = join(MIGRATIONS, 'snapshot.prisma')
const noFilter = { externalTables: [], externalEnums: [] }

/** Applies every migration that the database does not have yet, the job queue's own included. Answers their names. */
export async function applyMigrations(databaseUrl: string): Promise<string[]> {
  await createDatabase(databaseUrl)
  await migrateQueue({ connectionString: databaseUrl, logger: quiet })
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
    if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`)
  } finally {
    await client.end()
  }
}

const quiet = new Logger(() => () => {})
