import { chmodSync, mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { applyMigrations } from '../../scripts/migrations.ts'
import { startPostgres } from '../../scripts/postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A server of the tests' own, with a migrated database to copy from. */
    postgresUrl: string
  }
}

/**
 * One PostgreSQL for the run, beside whatever else is running; each test file gets a copy of the migrated template. A run
 * that another run started takes that one's, TEST_POSTGRES_URL.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { TEST_POSTGRES_URL: given = '' } = process.env
  if (given !== '') {
    project.provide('postgresUrl', given)
    return async () => {}
  }
  const folder = mkdtempSync(join(tmpdir(), 'closeloop-test-'))
  chmodSync(folder, 0o755)
  const server = await startPostgres({ folder: join(folder, 'data'), durable: false })
  await applyMigrations(server.url('template_closeloop'))
  project.provide('postgresUrl', server.url('template_closeloop'))
  return async () => {
    await server.stop()
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  }
}
