import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, expect, inject, test } from 'vitest'
import { applyMigrations, migrationNames } from './migrations.ts'

const made: string[] = []

/** The address of a database that does not exist yet. */
function newAddress(): string {
  const url = new URL(inject('postgresUrl'))
  url.pathname = `/migrated_${randomUUID().replaceAll('-', '')}`
  made.push(url.pathname.slice(1))
  return url.toString()
}

async function ask<Row extends pg.QueryResultRow>(address: string, statement: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: address })
  await client.connect()
  try {
    return (await client.query<Row>(statement)).rows
  } finally {
    await client.end()
  }
}

afterAll(async () => {
  for (const name of made) await ask(inject('postgresUrl'), `drop database if exists ${name} with (force)`)
})

test('processes that start together migrate a new database once', async () => {
  const address = newAddress()
  await ask(inject('postgresUrl'), `create database ${made.at(-1)}`)
  const applied = await Promise.all([applyMigrations(address), applyMigrations(address), applyMigrations(address)])
  expect(applied.flat()).toEqual(migrationNames())
  expect(await applyMigrations(address)).toEqual([])
})

test('a migration that was cut off is begun again', async () => {
  const address = newAddress()
  await applyMigrations(address)
  const cut = migrationNames().find((name) => name.endsWith('_seals_name_entries'))
  await ask(
    address,
    `update _prisma_migrations set finished_at = null where migration_name = '${cut}';
     alter table journal_seals drop column entry_hashes`,
  )
  expect(await applyMigrations(address)).toEqual([cut])
  expect(await ask(address, 'select entry_hashes from journal_seals')).toEqual([])
})
