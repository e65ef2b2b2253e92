import { QuickbooksFault } from './fault.ts'
import { type EntityName, entityNames } from './schema/schemas.ts'

export type Comparison = '=' | '<' | '>' | '<=' | '>=' | 'like' | 'in'
export type Condition = { field: string; compare: Comparison; values: string[] }
export type Query = {
  /** `undefined` for all, 'count' for count(*). */
  fields: string[] | 'count' | undefined
  entity: EntityName | 'CompanyInfo' | 'Preferences'
  where: Condition[]
  orderBy: { field: string; descending: boolean }[]
  startPosition: number
  maxResults: number
}

const tokenPattern = /\s*(?:'((?:[^'\\]|\\.)*)'|(<=|>=|[=<>(),*])|([\w.%-]+))/y

type Token = { kind: 'text' | 'sign' | 'word'; text: string }

/** Reads a statement of the query language: select … from … where … and … orderby … startposition … maxresults …. */
export function parseQuery(statement: string): Query {
  const reader = new Reader(tokensOf(statement))
  reader.expect('select')
  const fields = readFields(reader)
  reader.expect('from')
  const entity = entityNamed(reader.word())
  const where = reader.take('where') ? readConditions(reader) : []
  const orderBy = reader.take('orderby') || (reader.take('order') && reader.expect('by')) ? readOrder(reader) : []
  const startPosition = reader.take('startposition') ? reader.count() : 1
  const maxResults = reader.take('maxresults') ? reader.count() : 100
  reader.end()
  if (startPosition < 1) throw new QuickbooksFault('4000', 'startposition must be 1 or greater')
  if (maxResults > 1000) throw new QuickbooksFault('4001', 'maxresults must be 1000 or less')
  return { fields, entity, where, orderBy, startPosition, maxResults }
}

function readFields(reader: Reader): Query['fields'] {
  if (reader.take('*')) return undefined
  if (reader.take('count')) {
    for (const sign of ['(', '*', ')']) reader.expect(sign)
    return 'count'
  }
  return reader.list(() => reader.word())
}

function readConditions(reader: Reader): Condition[] {
  const conditions: Condition[] = []
  do {
    const field = reader.word()
    const compare = comparisonOf(reader.next())
    if (compare !== 'in') conditions.push({ field, compare, values: [reader.value()] })
    else {
      reader.expect('(')
      conditions.push({ field, compare, values: reader.list(() => reader.value()) })
      reader.expect(')')
    }
  } while (reader.take('and'))
  return conditions
}

function readOrder(reader: Reader): Query['orderBy'] {
  return reader.list(() => {
    const field = reader.word()
    const descending = reader.take('desc')
    if (!descending) reader.take('asc')
    return { field, descending }
  })
}

function comparisonOf({ text }: Token): Comparison {
  const compare = (['=', '<', '>', '<=', '>=', 'like', 'in'] as const).find((sign) => sign === text.toLowerCase())
  if (compare === undefined) throw new QuickbooksFault('4000', `Error parsing query : unexpected ${text}`)
  return compare
}

function entityNamed(word: string): Query['entity'] {
  const known = [...entityNames, 'CompanyInfo' as const, 'Preferences' as const]
  const entity = known.find((name) => name.toLowerCase() === word.toLowerCase())
  if (entity === undefined) throw new QuickbooksFault('4001', `Invalid query : ${word} is not an entity`)
  return entity
}

function tokensOf(statement: string): Token[] {
  const tokens: Token[] = []
  const text = statement.trim()
  tokenPattern.lastIndex = 0
  while (tokenPattern.lastIndex < text.length) {
    const at = tokenPattern.lastIndex
    const found = tokenPattern.exec(text)
    if (found === null) throw new QuickbooksFault('4000', `Error parsing query : unexpected character at ${at + 1}`)
    const [, quoted, sign, word] = found
    if (quoted !== undefined) tokens.push({ kind: 'text', text: quoted.replaceAll(/\\(.)/g, '$1') })
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign })
    else tokens.push({ kind: 'word', text: word ?? '' })
  }
  return tokens
}

class Reader {
  private at = 0
  private readonly tokens: Token[]

  constructor(tokens: Token[]) {
    this.tokens = tokens
  }

  next(): Token {
    const token = this.tokens[this.at++]
    if (token === undefined) throw new QuickbooksFault('4000', 'Error parsing query : the statement ends too early')
    return token
  }

  take(text: string): boolean {
    const token = this.tokens[this.at]
    const isThere = token !== undefined && token.kind !== 'text' && token.text.toLowerCase() === text
    if (isThere) this.at += 1
    return isThere
  }

  expect(text: string): true {
    if (this.take(text)) return true
    throw new QuickbooksFault(
      '4000',
      `Error parsing query : expected ${text} but found ${this.tokens[this.at]?.text ?? 'the end'}`,
    )
  }

  word(): string {
    const token = this.next()
    if (token.kind === 'word') return token.text
    throw new QuickbooksFault('4000', `Error parsing query : expected a name but found ${token.text}`)
  }

  /** A quoted text, or a bare number or truth value. */
  value(): string {
    const token = this.next()
    if (token.kind === 'text' || /^(true|false|-?\d+(\.\d+)?)$/i.test(token.text)) return token.text
    throw new QuickbooksFault('4000', `Error parsing query : expected a quoted value but found ${token.text}`)
  }

  count(): number {
    const word = this.word()
    if (/^\d+$/.test(word)) return Number(word)
    throw new QuickbooksFault('4000', `Error parsing query : expected a whole number but found ${word}`)
  }

  list<T>(read: () => T): T[] {
    const items = [read()]
    while (this.take(',')) items.push(read())
    return items
  }

  end(): void {
    const token = this.tokens[this.at]
    if (token !== undefined) throw new QuickbooksFault('4000', `Error parsing query : unexpected ${token.text}`)
  }
}
