// npm run db:migrate: applies all migrations · npm run db:migration -- name: writes a new one from the schema
import { rm } from 'node:fs/promises'
import { applyMigrations, writeMigration } from './migrations.ts'
import { startPostgres } from './postgres.ts'

const [task, name = 'change'] = process.argv.slice(2)

const own = process.env.DATABASE_URL
const scratch = task === 'write' && own === undefined
const folder = scratch ? `.data/migration-${process.pid}` : '.data/postgres'
const server = own === undefined ? await startPostgres({ folder, durable: !scratch }) : undefined
const url = own ?? server?.url() ?? ''
try {
  if (task === 'write') {
    const written = await writeMigration(server?.url('postgres') ?? url, name, new Date())
    console.log(
      written === undefined ? 'The schema has not changed.' : `Wrote prisma/migrations/${written}/migration.sql`,
    )
  } else {
    const applied = await applyMigrations(url)
    console.log(applied.length === 0 ? 'Nothing to apply.' : `Applied ${applied.join(', ')}.`)
  }
} finally {
  await server?.stop()
  if (scratch) await rm(folder, { recursive: true, force: true })
}
