import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { env } from './env'
import { Fault } from './fault'
import { isId } from './ids'
import { log } from './log'
import { camel, type Sql } from './sql'

/**
 * Money is bigint, calendar dates stay text: a Date would carry a zone that a due date does not have. Of our connections
 * only: graphile-worker shares the driver, and writes ids of jobs as JSON, which bigint has no place in.
 */
const types = new pg.TypeOverrides()
types.setTypeParser(pg.types.builtins.INT8, (text) => BigInt(text))
types.setTypeParser(pg.types.builtins.DATE, (text) => text)

/** One unit of work: statements that commit or vanish together, seen by one tenant only. */
export type Tx = {
  readonly tenantId: string
  rows<Row>(statement: Sql): Promise<Row[]>
  /** The first row, if any. */
  row<Row>(statement: Sql): Promise<Row | undefined>
  /** How many rows it touched. */
  run(statement: Sql): Promise<number>
}

/** One in which rows can come in by COPY as well. */
export type BulkTx = Tx & {
  /** Constants of ours as text, never a value from outside: what tables of a session ask for and Sql cannot say. */
  say(text: string): Promise<void>
  /** @param into table and columns, a constant of ours · @param chunks whole lines in COPY's text format */
  copy(into: string, chunks: Iterable<Buffer>): Promise<void>
}

type Use = 'app' | 'bulk' | 'system'
const pools = new Map<Use, pg.Pool>()

const deadlockDetected = '40P01'

/** Those that only a few pieces of work need at a time. */
const FEW = 5

function pool(use: Use): pg.Pool {
  const known = pools.get(use)
  if (known !== undefined) return known
  const { DATABASE_URL, DATABASE_APP_ROLE, DATABASE_SYSTEM_ROLE, DATABASE_POOL_SIZE } = env()
  const name = use === 'system' ? DATABASE_SYSTEM_ROLE : DATABASE_APP_ROLE
  const created = new pg.Pool({
    connectionString: DATABASE_URL,
    max: use === 'app' ? DATABASE_POOL_SIZE : FEW,
    // Statements go out without waiting for the answer to the one before: where nothing depends on that answer, a
    // transaction of a payment takes half the journeys. COPY cannot share a connection in that way.
    pipeline: use !== 'bulk',
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    application_name: `closeloop-${use}`,
    types,
    // The login may own the schema; what runs on this pool does not.
    options: `-c role=${name} -c statement_timeout=30000 -c idle_in_transaction_session_timeout=60000`,
  })
  // A server that restarts drops idle connections; the pool replaces them, the process lives on.
  created.on('error', (error) => log.warn({ error }, 'database.connection_lost'))
  // One that dies in use fails the statement it was at; that it also says so by itself must not end the process.
  created.on('connect', (client) => client.on('error', () => {}))
  pools.set(use, created)
  return created
}

/**
 * Runs `work` in one transaction in which only this tenant's rows exist: row-level security reads the setting, the role
 * cannot bypass it. Throwing rolls back. Statements are run in the order in which they are given, awaited or not; those
 * that go together are given together, with Promise.all. Of two that wait for each other's locks PostgreSQL ends one: its
 * `work` is run again from the start, so it touches nothing but the database.
 * @throws Fault invalid when the tenant id is not a UUID; busy when no connection is free within five seconds
 */
export async function withTenant<Result>(tenantId: string, work: (tx: Tx) => Promise<Result>): Promise<Result> {
  const begin = beginFor(tenantId)
  return givingWay(() => inTransaction('app', begin, (client) => work(txOn(client, tenantId))))
}

/** The same for work that brings in rows by the page. @throws Fault as `withTenant` */
export async function withTenantInBulk<Result>(
  tenantId: string,
  work: (tx: BulkTx) => Promise<Result>,
): Promise<Result> {
  return inTransaction('bulk', beginFor(tenantId), (client) =>
    work({
      ...txOn(client, tenantId),
      say: async (text) => void (await client.query(text)),
      copy: async (into, chunks) => pipeline(Readable.from(chunks), client.query(copyFrom(`copy ${into} from stdin`))),
    }),
  )
}

/** Runs `work` as the system role, which sees all tenants. Only lib/tenancy/across-tenants.ts and the operator's tools use it. */
export async function acrossTenants<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
  return inTransaction('system', 'begin', (client) => work(txOn(client, '')))
}

function beginFor(tenantId: string): string {
  if (!isId(tenantId)) throw new Fault('invalid', 'Not a tenant id')
  // SET takes no parameters; the id has just been checked, letter by letter.
  return `begin; set local app.tenant_id = '${tenantId}'`
}

/** Nothing of what was ended is left, so it can begin anew; the other has what it waited for by then. */
async function givingWay<Result>(transaction: () => Promise<Result>): Promise<Result> {
  for (let left = 3; ; left -= 1)
    try {
      return await transaction()
    } catch (error) {
      if (left === 0 || !(error instanceof pg.DatabaseError) || error.code !== deadlockDetected) throw error
      log.warn({ left, detail: error.detail }, 'database.gave_way')
    }
}

async function inTransaction<Result>(use: Use, begin: string, work: (client: pg.PoolClient) => Promise<Result>) {
  const client = await pool(use)
    .connect()
    .catch((cause: unknown) => {
      throw new Fault('busy', 'The database has no connection free', { cause })
    })
  let broken: Error | undefined
  try {
    const begun = client.query(begin)
    // What follows does not wait for it: in a transaction that did not begin, or has no tenant, it finds nothing.
    if (client.pipeline) begun.catch(() => {})
    else await begun
    const result = await work(client)
    await begun
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch((lost: Error) => {
      broken = lost // a connection that cannot roll back is thrown away, not returned
    })
    throw error
  } finally {
    client.release(broken)
  }
}

function txOn(client: pg.PoolClient, tenantId: string): Tx {
  const query = async (statement: Sql) => client.query<unknown[]>({ ...statement.compile(), rowMode: 'array' })
  const rows = async <Row>(statement: Sql): Promise<Row[]> => {
    const { fields, rows: found } = await query(statement)
    const names = fields.map(({ name }) => camel(name))
    return found.map((values) => Object.fromEntries(values.map((value, at) => [names[at] ?? '', value])) as Row)
  }
  return {
    tenantId,
    rows,
    row: async <Row>(statement: Sql) => (await rows<Row>(statement))[0],
    run: async (statement) => (await query(statement)).rowCount ?? 0,
  }
}

/** How busy the pools are, for the operator. */
export function poolFigures(): { total: number; idle: number; waiting: number } {
  const all = [...pools.values()]
  const sum = (of: (one: pg.Pool) => number) => all.reduce((total, one) => total + of(one), 0)
  return {
    total: sum((one) => one.totalCount),
    idle: sum((one) => one.idleCount),
    waiting: sum((one) => one.waitingCount),
  }
}

/** Closes every connection; for shutting down, and between tests. */
export async function closeDatabase(): Promise<void> {
  const open = [...pools.values()]
  pools.clear()
  await Promise.all(open.map((one) => one.end()))
}
