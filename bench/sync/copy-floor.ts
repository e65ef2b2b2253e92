import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'

/** Every table in which an invoice that comes in leaves rows, with the condition that finds one tenant's. */
const tables: readonly [table: string, condition: (tenantId: string) => string][] = [
  ['public.external_refs', (id) => `tenant_id = '${id}' and kind = 'invoice'`],
  ['public.invoices', ofTenant],
  ['public.invoice_versions', ofTenant],
  ['public.invoice_lines', ofTenant],
  ['public.recorded_payments', ofTenant],
  ['public.journal_entries', ofTenant],
  ['public.journal_lines', ofTenant],
  ['public.journal_unsealed', ofTenant],
  ['public.events', ofTenant],
  ['graphile_worker._private_jobs', (id) => `payload->>'tenantId' = '${id}'`],
]

function ofTenant(id: string): string {
  return `tenant_id = '${id}'`
}

/** Rows in the form COPY takes, ready to be sent: the floor does nothing but send them. */
export type CopiedRows = { table: string; columns: string; chunks: Buffer[] }[]

/** Tables of the same columns, checks and indexes, without row-level security, foreign keys and triggers. */
export async function makeFloorTables(owner: pg.Client): Promise<void> {
  await owner.query('create schema floor')
  for (const [table] of tables) await owner.query(`create table ${floorOf(table)} (like ${table} including all)`)
}

/** What the product wrote for one tenant, and how many rows that is. */
export async function takeRows(owner: pg.Client, tenantId: string): Promise<{ rows: CopiedRows; count: number }> {
  const rows: CopiedRows = []
  let count = 0
  for (const [table, condition] of tables) {
    const columns = await writableColumns(owner, table)
    const stream = owner.query(copyTo(`copy (select ${columns} from ${table} where ${condition(tenantId)}) to stdout`))
    const chunks: Buffer[] = []
    for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk)
    rows.push({ table, columns, chunks: inLargePieces(chunks) })
    count += stream.rowCount ?? 0
  }
  return { rows, count }
}

/** The floor itself: the rows go into the floor tables by COPY, in one transaction. */
export async function copyRows(owner: pg.Client, rows: CopiedRows): Promise<void> {
  await owner.query('begin')
  for (const { table, columns, chunks } of rows)
    await pipeline(Readable.from(chunks), owner.query(copyFrom(`copy ${floorOf(table)} (${columns}) from stdin`)))
  await owner.query('commit')
}

function floorOf(table: string): string {
  return `floor.${table.split('.')[1]}`
}

async function writableColumns(owner: pg.Client, table: string): Promise<string> {
  const { rows } = await owner.query<{ names: string }>(
    `select string_agg(quote_ident(attname), ', ' order by attnum) as names
     from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
    [table],
  )
  return rows[0]?.names ?? ''
}

const PIECE = 256 * 1024

function inLargePieces(chunks: readonly Buffer[]): Buffer[] {
  const whole = Buffer.concat(chunks)
  return Array.from({ length: Math.ceil(whole.length / PIECE) }, (_, at) =>
    whole.subarray(at * PIECE, (at + 1) * PIECE),
  )
}
