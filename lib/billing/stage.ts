import 'server-only'
import type { BulkTx } from '@/lib/base/db'
import { plainText } from '@/lib/connectors/source-text'

/** Columns of a staging table: name and PostgreSQL type. */
export type Columns = Readonly<Record<string, string>>
export type Cell = string | number | bigint | boolean | null | undefined

/**
 * Puts rows into a temporary table by COPY: many times faster than statements with parameters, and the way around
 * COPY's refusal to write into a table with row-level security. The table lives as long as the session and is emptied
 * when the transaction ends, or here when it is filled a second time in one.
 * @param table a constant of ours, never a value from outside; likewise the columns
 * @param rows cells in the columns' order; of a jsonb column what `sourceText` made of it
 */
export async function stage(
  tx: BulkTx,
  table: string,
  columns: Columns,
  rows: readonly (readonly Cell[])[],
): Promise<void> {
  const named = Object.entries(columns).map(([name, type]) => `${name} ${type}`)
  await tx.say(
    `create temp table if not exists ${table} (${named.join(', ')}) on commit delete rows; delete from ${table}`,
  )
  const writers = Object.values(columns).map((type) => (type === 'jsonb' ? jsonCell : cell))
  await tx.copy(`${table} (${Object.keys(columns).join(', ')})`, chunks(rows, writers))
  // The planner knows nothing of a table just filled, and would join a thousand rows row by row. How many there are is
  // enough for it to know: looking at every column costs more than it saves.
  await tx.say(`analyze ${table} (${Object.keys(columns)[0]})`)
}

const CHUNK_BYTES = 256 * 1024

/** Encoded row by row: one letter beyond Latin-1 makes a string twice as wide, and in a string of a whole chunk all of it. */
function* chunks(rows: readonly (readonly Cell[])[], writers: readonly ((value: Cell) => string)[]): Generator<Buffer> {
  let chunk = Buffer.allocUnsafe(CHUNK_BYTES)
  let length = 0
  for (const row of rows) {
    // Put together once, when it is written: joined, a vendor's record would be copied twice more.
    let text = ''
    for (const [at, write] of writers.entries()) text += at === 0 ? write(row[at]) : `\t${write(row[at])}`
    text += '\n'
    const bytesMax = text.length * 3
    if (length + bytesMax > chunk.length) {
      if (length > 0) yield chunk.subarray(0, length)
      chunk = Buffer.allocUnsafe(Math.max(CHUNK_BYTES, bytesMax))
      length = 0
    }
    length += chunk.write(text, length)
  }
  if (length > 0) yield chunk.subarray(0, length)
}

function cell(value: Cell): string {
  if (value === null || value === undefined) return '\\N'
  if (typeof value !== 'string') return String(value)
  // Nearly every cell is as plain as an id or an amount.
  if (!/[^ !-[\]-~]/.test(value)) return value
  return plainText(value).replace(/[\\\t\n\r]/g, (letter) => escapes[letter] ?? '')
}

/** JSON is well-formed, and writes control characters as escapes: nothing in it needs care but the backslash. */
function jsonCell(value: Cell): string {
  const text = value === null || value === undefined ? undefined : String(value)
  if (text === undefined) return '\\N'
  return text.includes('\\') ? text.replaceAll('\\', '\\\\') : text
}

const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }
