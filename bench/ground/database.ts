import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { Crew } from '../../scripts/demo/crew.ts'
import { freshDatabase } from '../../scripts/demo/fresh-database.ts'
import { productEnv } from '../../scripts/demo/product-env.ts'
import type { RunningSandbox } from '../../scripts/demo/sandbox-process.ts'
import { startPostgres } from '../../scripts/postgres.ts'

export type Ground = {
  databaseUrl: string
  /** The server; its sessions descend from it. */
  postgresPid: number
  /** A session of the owner of the schema, who sees every row. */
  owner: pg.Client
  /** The product's settings, which also stand in `process.env`. */
  env: Record<string, string>
}

/**
 * A PostgreSQL of the run's own, durable as in production (fsync on), that counts its statements, with an empty
 * migrated database, and the product's settings for it.
 */
export async function layGround(crew: Crew, sandbox?: RunningSandbox): Promise<Ground> {
  const { url, pid } = await startServer(crew)
  const databaseUrl = await freshDatabase(url('postgres'), 'bench')
  const owner = new pg.Client({ connectionString: databaseUrl })
  await owner.connect()
  await owner.query('create extension if not exists pg_stat_statements')
  crew.take({ name: 'the session of the owner', exited: new Promise(() => {}), stop: () => owner.end() })
  const secretKeys = `bench:${randomBytes(32).toString('base64')}`
  const publicUrl = 'http://localhost:3000'
  const env =
    sandbox === undefined
      ? { DATABASE_URL: databaseUrl, SECRET_KEYS: secretKeys, PUBLIC_URL: publicUrl }
      : productEnv({ databaseUrl, publicUrl, secretKeys, webhookSecret: '', sandbox })
  Object.assign(process.env, env)
  return { databaseUrl, postgresPid: pid, owner, env }
}

async function startServer(crew: Crew) {
  const folder = mkdtempSync(join(tmpdir(), 'closeloop-bench-'))
  chmodSync(folder, 0o755)
  const data = join(folder, 'data')
  const first = await startPostgres({ folder: data, durable: true })
  const client = new pg.Client({ connectionString: first.url('postgres') })
  await client.connect()
  // A library is loaded at the start only, so the setting is written down and the server started again.
  await client.query("alter system set shared_preload_libraries = 'pg_stat_statements'")
  await client.end()
  await first.stop()
  const server = await startPostgres({ folder: data, durable: true })
  crew.take({
    name: 'postgres',
    exited: server.exited,
    stop: async () => {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  })
  return server
}
