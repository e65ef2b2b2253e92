import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import * as engineModule from '@prisma/schema-engine-wasm/schema_engine_bg'
import pg from 'pg'

/**
 * Prisma's own schema engine, as WebAssembly out of its npm package: it writes and applies migrations without the
 * binary that the Prisma command line would download. See README, "Migrations".
 */
export async function openSchemaEngine(
  databaseUrl: string,
): Promise<{ engine: engineModule.SchemaEngine; close: () => Promise<void> }> {
  loading ??= loadEngine()
  await loading
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 4 })
  const adapter = bindMigrationAwareSqlAdapterFactory(wholeScripts(pool))
  const engine = await engineModule.SchemaEngine.new({ datamodels: readSchema() }, () => {}, adapter)
  const close = async () => {
    engine.free()
    await pool.end()
  }
  return { engine, close }
}

/** Once per process: its JavaScript half knows one WebAssembly instance, the last. */
let loading: Promise<void> | undefined

async function loadEngine(): Promise<void> {
  const folder = dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm'))
  const bytes = readFileSync(join(folder, 'schema_engine_bg.wasm'))
  const { instance } = await WebAssembly.instantiate(bytes, {
    './schema_engine_bg.js': withoutLingeringTimers(engineModule as unknown as WebAssembly.ModuleImports),
  })
  const bound = engineModule as unknown as { __wbg_set_wasm: (exports: WebAssembly.Exports) => void }
  bound.__wbg_set_wasm(instance.exports)
  const start = instance.exports.__wbindgen_start
  if (typeof start === 'function') start()
}

/** The engine waits up to ten seconds for its lock and forgets to clear the timer, which would hold the process that long. */
function withoutLingeringTimers(imports: WebAssembly.ModuleImports): WebAssembly.ModuleImports {
  const wrapped = Object.entries(imports).map(([name, value]) => {
    if (!name.startsWith('__wbg_setTimeout') || typeof value !== 'function') return [name, value]
    return [name, (...given: unknown[]) => (value as (...args: unknown[]) => NodeJS.Timeout)(...given).unref()]
  })
  return Object.fromEntries(wrapped) as WebAssembly.ModuleImports
}

/**
 * Prisma's adapter cuts a script at every semicolon, which breaks function bodies. A migration is sent whole instead:
 * the server parses it, and runs it as one transaction.
 */
function wholeScripts(pool: pg.Pool): PrismaPg {
  const factory = new PrismaPg(pool)
  const connect = factory.connect.bind(factory)
  factory.connect = async () => {
    const adapter = await connect()
    adapter.executeScript = async (script) => {
      await pool.query(script)
    }
    return adapter
  }
  return factory
}

export const SCHEMA = resolve('prisma/schema')
export const MIGRATIONS = resolve('prisma/migrations')

/** The schema's files, in one order. */
export function readSchema(folder = SCHEMA): [path: string, content: string][] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.prisma'))
  return names.sort().map((name) => [join(folder, name), readFileSync(join(folder, name), 'utf8')])
}
