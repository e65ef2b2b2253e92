/**
 * Statements are written with this tag, so that every value is a bound parameter and nothing else can be put in.
 * Fragments made with it may stand inside one another.
 */
export class Sql {
  readonly strings: readonly string[]
  readonly values: readonly unknown[]
  readonly isKept: boolean

  constructor(strings: readonly string[], values: readonly unknown[], isKept = false) {
    this.strings = strings
    this.values = values
    this.isKept = isKept
  }

  /** The text with $1, $2 … and its parameters; a name for one that is kept. */
  compile(): { text: string; values: unknown[]; name?: string } {
    const values: unknown[] = []
    const write = (part: Sql): string =>
      part.strings.reduce((text, string, index) => {
        if (index === 0) return string
        const value = part.values[index - 1]
        if (value instanceof Sql) return text + write(value) + string
        values.push(Array.isArray(value) ? arrayText(value) : value)
        return `${text}$${values.length}${string}`
      }, '')
    const text = write(this)
    return this.isKept ? { text, values, name: nameOf(text) } : { text, values }
  }
}

const names = new Map<string, string>()

function nameOf(text: string): string {
  const name = names.get(text) ?? `kept_${names.size + 1}`
  names.set(text, name)
  return name
}

/** ``sql`select id from invoices where number = ${number}` `` */
export function sql(strings: TemplateStringsArray, ...values: unknown[]): Sql {
  return new Sql(strings, values)
}

/**
 * The same for a statement that every payment runs: each connection parses and plans it once, which costs more than
 * running it. Only where rows are found by key, so that the plan is right whatever the tables hold. (A pooler between us
 * and the database has to know prepared statements; PgBouncer does from 1.21 on.)
 */
export function kept(strings: TemplateStringsArray, ...values: unknown[]): Sql {
  return new Sql(strings, values, true)
}

/**
 * An array as PostgreSQL reads it. The driver does the same, but takes every element for prose to be escaped; most are
 * ids, amounts and dates.
 */
function arrayText(values: readonly unknown[]): string {
  return `{${values.map(elementText).join(',')}}`
}

function elementText(value: unknown): string {
  if (value === null || value === undefined) return 'NULL'
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value)
  if (value instanceof Date) return `"${value.toISOString()}"`
  if (typeof value !== 'string') throw new TypeError('An array parameter holds something that is not a plain value')
  // A bare NULL would be the absence of a value, and so would nothing at all.
  if (/^[\w.:+-]+$/.test(value) && !/^null$/i.test(value)) return value
  return `"${value.replace(/[\\"]/g, '\\$&')}"`
}

/** A value for a json column. bigint becomes text, as everywhere on a wire. */
export function json(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? inner.toString() : inner))
}

const camelNames = new Map<string, string>()

/** `due_on` → `dueOn`, remembered. */
export function camel(name: string): string {
  let known = camelNames.get(name)
  if (known === undefined) {
    known = name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
    camelNames.set(name, known)
  }
  return known
}
