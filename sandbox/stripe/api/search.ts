import type { PaymentIntent } from '../objects/intent.ts'
import type { Account } from '../state/account.ts'
import { malformed } from './errors.ts'
import { limitOf, type PageAsk } from './pages.ts'

type Clause = { field: string; key: string | undefined; operator: string; value: string; negated: boolean }

type SearchResult = {
  object: 'search_result'
  data: PaymentIntent[]
  has_more: boolean
  next_page: string | null
  url: string
}

/**
 * Searches payment intents in Stripe's query language: clauses joined by AND, over metadata, status, customer,
 * currency, amount and created. What was made after `visibleUntil` is not indexed yet.
 */
export function searchIntents(
  account: Account,
  ask: PageAsk & { query: string; page?: string },
  visibleUntil: number,
): SearchResult {
  const clauses = parse(ask.query)
  const limit = limitOf(ask)
  const start = ask.page === undefined ? 0 : Number(Buffer.from(ask.page, 'base64url').toString('utf8'))
  if (!Number.isInteger(start)) throw malformed('Invalid page token.', undefined, 'page')
  const byMetadata = clauses.find(
    ({ field, operator, negated }) => field === 'metadata' && operator === ':' && !negated,
  )
  const candidates =
    byMetadata === undefined
      ? account.paymentIntents.walk('older')
      : [...account.intentsByMetadata.find(byMetadata.key ?? '', byMetadata.value)].reverse()
  const found: PaymentIntent[] = []
  for (const intent of candidates) {
    if (intent.created > visibleUntil || !clauses.every((clause) => holds(clause, intent))) continue
    found.push(intent)
    if (found.length > start + limit) break
  }
  const hasMore = found.length > start + limit
  return {
    object: 'search_result',
    data: found.slice(start, start + limit),
    has_more: hasMore,
    next_page: hasMore ? Buffer.from(String(start + limit)).toString('base64url') : null,
    url: '/v1/payment_intents/search',
  }
}

const clausePattern =
  /^(-?)(\w+)(?:\[(['"])(.+?)\3\])?\s*(:|>=|<=|>|<)\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(-?\d+|null))/

function parse(query: string): Clause[] {
  const clauses: Clause[] = []
  let rest = query.trim()
  while (rest !== '') {
    const match = clausePattern.exec(rest)
    if (match === null) throw malformed(`We were unable to parse your search query: ${query}`, undefined, 'query')
    const [whole, minus, field = '', , key, operator = ':', double, single, bare] = match
    if (!fields.has(field)) throw malformed(`Field \`${field}\` is an unsupported search field.`, undefined, 'query')
    const value = (double ?? single ?? bare ?? '').replaceAll(/\\(.)/g, '$1')
    clauses.push({ field, key, operator, value, negated: minus === '-' })
    rest = rest.slice(whole.length).replace(/^\s*(AND\s+|\s+)?/i, '')
  }
  return clauses
}

const fields = new Set(['metadata', 'status', 'customer', 'currency', 'amount', 'created'])

function holds({ field, key, operator, value, negated }: Clause, intent: PaymentIntent): boolean {
  return compare(fieldOf(field, key, intent), operator, value) !== negated
}

function fieldOf(field: string, key: string | undefined, intent: PaymentIntent): string | number | null {
  switch (field) {
    case 'metadata':
      return intent.metadata[key ?? ''] ?? null
    case 'status':
      return intent.status
    case 'customer':
      return intent.customer
    case 'currency':
      return intent.currency
    case 'amount':
      return intent.amount
    default:
      return intent.created
  }
}

function compare(held: string | number | null, operator: string, value: string): boolean {
  switch (operator) {
    case '>':
      return Number(held) > Number(value)
    case '>=':
      return Number(held) >= Number(value)
    case '<':
      return Number(held) < Number(value)
    case '<=':
      return Number(held) <= Number(value)
    default:
      return value === 'null' ? held === null : String(held).toLowerCase() === value.toLowerCase()
  }
}
