// npm start: web and worker on one machine. Without DATABASE_URL, PostgreSQL runs beside them, its data in .data/postgres.
import { Crew } from './demo/crew.ts'
import { stopOnRequest } from './demo/stop-on-request.ts'
import { applyMigrations } from './migrations.ts'
import { startPostgres } from './postgres.ts'
import { workerFlags } from './worker-flags.ts'

// A worker drains for up to 30 seconds.
const crew = new Crew({ graceMs: 35_000 })
const stopped = stopOnRequest(crew)
try {
  const databaseUrl = process.env.DATABASE_URL ?? (await startOwnPostgres())
  const applied = await applyMigrations(databaseUrl)
  if (applied.length > 0) console.log(`Applied ${applied.join(', ')}.`)
  const env = { ...process.env, DATABASE_URL: databaseUrl, NODE_ENV: 'production' as const }
  const web = ['node_modules/next/dist/bin/next', 'start', '--port', process.env.PORT ?? '3000']
  crew.start('web', web, { ...env, CLOSELOOP_SERVICE: 'web' })
  crew.start('worker', [...workerFlags, 'scripts/worker.ts'], { ...env, CLOSELOOP_SERVICE: 'worker' })
  await Promise.race([stopped, crew.lost])
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  await crew.stop()
  process.exit(1)
}

async function startOwnPostgres(): Promise<string> {
  const server = await startPostgres({ folder: '.data/postgres', durable: true })
  crew.take({ name: 'postgres', exited: server.exited, stop: server.stop })
  return server.url()
}
