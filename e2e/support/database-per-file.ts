import { randomUUID } from 'node:crypto'
import { relative } from 'node:path'
import pg from 'pg'
import { afterAll, expect, inject } from 'vitest'
import { plantedBug } from '../planted/plant.ts'

// Runs before the test file's own imports: the settings must stand before anything reads them.
const template = new URL(inject('postgresUrl'))
const name = `test_${randomUUID().replaceAll('-', '')}`
const admin = new URL(template)
admin.pathname = '/postgres'

await withAdmin((client) => client.query(`create database ${name} template ${template.pathname.slice(1)}`))
const own = new URL(template)
own.pathname = `/${name}`
process.env.DATABASE_URL = own.toString()
const bug = plantedBug()
if (bug !== undefined && 'sql' in bug) await weaken(own.toString(), bug.sql)
process.env.SECRET_KEYS ??= `test:${Buffer.alloc(32, 7).toString('base64')}`
process.env.LOG_LEVEL ??= 'silent'

const { closeDatabase } = await import('@/lib/base/db')
const { checkBooks } = await import('./check-books.ts')
// Before the file's own afterAll would be too early: hooks run in reverse, and this one is the first to be set.
afterAll(async () => {
  // One that brought a server of its own has looked there.
  const isHere = process.env.DATABASE_URL === own.toString()
  if (bug === undefined && isHere) await checkBooks(relative(process.cwd(), expect.getState().testPath ?? ''))
  await closeDatabase()
  await withAdmin((client) => client.query(`drop database if exists ${name} with (force)`))
})

async function withAdmin(work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: admin.toString() })
  await client.connect()
  // Copies of one template are made one at a time: PostgreSQL refuses while another connection reads it.
  await client.query('select pg_advisory_lock(4711)')
  try {
    await work(client)
  } finally {
    await client.end()
  }
}

async function weaken(connectionString: string, statements: string): Promise<void> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  await client.query(statements)
  await client.end()
}
