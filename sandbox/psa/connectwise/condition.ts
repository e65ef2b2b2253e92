import { badConditions } from './refusal.ts'

/** The condition language of list operations, parsed. Field paths are in lower case; the vendor does not mind case. */
export type Condition =
  | { kind: 'all' | 'any'; terms: Condition[] }
  | { kind: 'not'; term: Condition }
  | { kind: 'compare'; path: string; operator: Operator; values: Literal[] }

export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=' | 'contains' | 'like' | 'in'
export type Literal = string | number | boolean | null | { at: number }

type Token = { kind: 'string' | 'date' | 'symbol' | 'word' | 'number' | 'end'; text: string; lower: string }

const token = new RegExp(
  String.raw`\s*(?:` +
    [
      String.raw`(?<string>"(?:[^"\\]|\\.)*")`,
      String.raw`(?<date>\[[^\]]*\])`,
      '(?<symbol>!=|<=|>=|[=<>(),])',
      String.raw`(?<word>[A-Za-z_][\w.]*(?:/\w+)*)`,
      String.raw`(?<number>-?\d+(?:\.\d+)?)`,
    ].join('|') +
    String.raw`)\s*`,
  'y',
)
const dateTime = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$/
const kinds = ['string', 'date', 'symbol', 'word', 'number'] as const
const operators = new Set<string>(['=', '!=', '<', '<=', '>', '>=', 'contains', 'like', 'in'])
const end: Token = { kind: 'end', text: 'the end', lower: '' }

/**
 * Reads a condition. `fields` holds the first segments of paths the record has, in lower case.
 * Throws a 400 with a sentence about what is wrong.
 */
export function parseCondition(text: string, fields: ReadonlySet<string>): Condition {
  const tokens = tokenize(text)
  let at = 0
  const peek = () => tokens[at] ?? end
  const next = () => tokens[at++] ?? end
  const takeIf = (...words: string[]) => words.includes(peek().lower) && peek().kind !== 'string' && Boolean(next())
  const expect = (ok: boolean, found: Token, wanted: string) => {
    if (!ok) throw badConditions(`found ${found.text} where ${wanted} belongs`)
  }

  function parseAny(): Condition {
    const terms = [parseAll()]
    while (takeIf('or')) terms.push(parseAll())
    return joined('any', terms)
  }
  function parseAll(): Condition {
    const terms = [parseTerm()]
    while (takeIf('and')) terms.push(parseTerm())
    return joined('all', terms)
  }
  function parseTerm(): Condition {
    if (takeIf('not')) return { kind: 'not', term: parseTerm() }
    if (!takeIf('(')) return parseComparison()
    const inner = parseAny()
    expect(takeIf(')'), peek(), 'a closing parenthesis')
    return inner
  }
  function parseComparison(): Condition {
    const field = next()
    expect(field.kind === 'word', field, 'a field name')
    if (!fields.has(field.lower.split('/')[0] ?? '')) throw badConditions(`${field.text} is not a field of the record`)
    const isNegated = takeIf('not')
    const found = next()
    const operator = operatorOf(found)
    const values = operator === 'in' ? parseList() : [parseValue()]
    const compare: Condition = { kind: 'compare', path: field.lower, operator, values }
    return isNegated ? { kind: 'not', term: compare } : compare
  }
  function parseList(): Literal[] {
    expect(takeIf('('), peek(), 'an opening parenthesis')
    const values = [parseValue()]
    while (takeIf(',')) values.push(parseValue())
    expect(takeIf(')'), peek(), 'a closing parenthesis')
    return values
  }
  function parseValue(): Literal {
    const found = next()
    switch (found.kind) {
      case 'string':
        return found.text.slice(1, -1).replace(/\\(.)/g, '$1')
      case 'number':
        return Number(found.text)
      case 'date':
        return { at: timeOf(found.text.slice(1, -1)) }
      case 'word':
        if (found.lower === 'true' || found.lower === 'false') return found.lower === 'true'
        if (found.lower === 'null') return null
        throw badConditions(`found ${found.text} where a value belongs`)
      case 'symbol':
      case 'end':
        throw badConditions(`found ${found.text} where a value belongs`)
    }
  }

  const condition = parseAny()
  expect(peek().kind === 'end', peek(), 'the end')
  return condition
}

function joined(kind: 'all' | 'any', terms: Condition[]): Condition {
  const [only] = terms
  return terms.length === 1 && only !== undefined ? only : { kind, terms }
}

function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  token.lastIndex = 0
  while (token.lastIndex < text.length) {
    const from = token.lastIndex
    const groups = token.exec(text)?.groups
    const kind = kinds.find((name) => groups?.[name] !== undefined)
    const found = kind === undefined ? undefined : groups?.[kind]
    if (kind === undefined || found === undefined) throw badConditions(`cannot read ${text.slice(from, from + 20)}`)
    tokens.push({ kind, text: found, lower: found.toLowerCase() })
  }
  return tokens
}

function operatorOf(found: Token): Operator {
  if (found.kind === 'end' || !operators.has(found.lower)) {
    throw badConditions(`found ${found.text} where an operator belongs`)
  }
  return found.lower as Operator // one of the nine, as just checked
}

/** Date-times without a zone are UTC. */
function timeOf(text: string): number {
  const hasZone = /(Z|[+-]\d{2}:\d{2})$/.test(text) || !text.includes('T')
  const at = dateTime.test(text) ? Date.parse(hasZone ? text : `${text}Z`) : Number.NaN
  if (Number.isNaN(at)) throw badConditions(`[${text}] is not a date-time`)
  return at
}
