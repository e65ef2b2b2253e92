import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { applyMigrations, migrationNames } from '../migrations.ts'
import { MIGRATIONS } from '../schema-engine.ts'

/**
 * An empty database with every migration applied: a copy of one that is kept for this, so that it takes a moment.
 * Whatever the name held before is gone.
 * @param server address of any database of the server
 * @returns the new database's address
 */
export async function freshDatabase(server: string, name: string): Promise<string> {
  const template = `closeloop_template_${hashOfMigrations()}`
  const admin = new pg.Client({ connectionString: server })
  await admin.connect()
  try {
    const { rowCount } = await admin.query('select 1 from pg_database where datname = $1 and datistemplate', [template])
    if (rowCount === 0) {
      // One that was begun and not finished is no template yet.
      await admin.query(`drop database if exists ${template} with (force)`)
      await applyMigrations(addressOf(server, template))
      await admin.query(`alter database ${template} is_template true`)
    }
    await admin.query(`drop database if exists ${admin.escapeIdentifier(name)} with (force)`)
    await admin.query(`create database ${admin.escapeIdentifier(name)} template ${template}`)
  } finally {
    await admin.end()
  }
  return addressOf(server, name)
}

function addressOf(server: string, database: string): string {
  const url = new URL(server)
  url.pathname = `/${database}`
  return url.toString()
}

function hashOfMigrations(): string {
  const hash = createHash('sha256')
  for (const name of migrationNames()) hash.update(name).update(readFileSync(join(MIGRATIONS, name, 'migration.sql')))
  return hash.digest('hex').slice(0, 12)
}
