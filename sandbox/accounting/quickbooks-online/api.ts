import type { Answer, Asked } from '../../kernel/service.ts'
import { runBatch } from './batch.ts'
import type { Books } from './books.ts'
import { changedSince } from './changes.ts'
import { companyInfo, preferences } from './company.ts'
import { deletedView } from './deleted-view.ts'
import { faultAnswer, QuickbooksFault } from './fault.ts'
import type { Oauth } from './oauth.ts'
import { pacificTime } from './pacific-time.ts'
import { runQuery } from './run-query.ts'
import { type EntityName, entityAt } from './schema/schemas.ts'
import type { Throttle } from './throttle.ts'
import { view } from './view.ts'
import { required, type WriteOperation, write } from './write.ts'

/** The first answer to each `requestid`, byte for byte. Only answers that did something are kept. */
type RequestMemory = Map<string, Answer>

export type Company = {
  books: Books
  oauth: Oauth
  throttle: Throttle
  memory: RequestMemory
  /** How many of the next refusals come with status 200, as the vendor's do now and then. */
  refusalsAsOk: number
}

/** `/v3/company/{realmId}/…` */
export function answerApi(company: Company, asked: Asked): Answer {
  const { books } = company
  try {
    const [, , , realmId = '', resource = '', id] = asked.path.split('/')
    authorize(company, asked, realmId)
    if (!company.throttle.admits(resource === 'batch')) {
      throw new QuickbooksFault('3001', 'The request limit was reached. Wait 60 seconds and try again')
    }
    refuseOddRequest(asked)
    if (asked.method === 'POST') return remembered(company, asked, () => post(books, asked, resource))
    if (asked.method === 'GET') return get(books, asked, resource, id)
    throw new QuickbooksFault('500', `Unsupported Operation : ${asked.method}`)
  } catch (error) {
    if (!(error instanceof QuickbooksFault)) throw error
    const answer = faultAnswer(error, books.now())
    if (answer.status !== 400 || company.refusalsAsOk === 0) return answer
    company.refusalsAsOk -= 1
    return { ...answer, status: 200 }
  }
}

function authorize({ books, oauth }: Company, { headers }: Asked, realmId: string): void {
  const token = /^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1]
  const realm = token && oauth.realmOf(token)
  if (realm === undefined || realm === '') {
    throw new QuickbooksFault('100', 'message=AuthenticationFailed; errorCode=003200; statusCode=401')
  }
  if (realmId !== realm || realmId !== books.realmId) {
    throw new QuickbooksFault('120', `The token does not open company ${realmId}`)
  }
}

function refuseOddRequest({ method, headers, params }: Asked): void {
  if (!/json/.test(headers.accept ?? '')) {
    throw new QuickbooksFault(
      '500',
      'Unsupported Operation : only JSON is answered here, send Accept: application/json',
    )
  }
  const isJson = /^(application|text)\/json\b/.test(headers['content-type'] ?? '')
  if (method === 'POST' && !isJson) {
    throw new QuickbooksFault('2010', 'The Content-Type must be application/json', 'Content-Type')
  }
  if (!/^\d*$/.test(params.get('minorversion') ?? '')) {
    throw new QuickbooksFault('2010', 'minorversion must be a number', 'minorversion')
  }
  if ((params.get('requestid') ?? '').length > 50) {
    throw new QuickbooksFault('2010', 'requestid is longer than 50 characters', 'requestid')
  }
}

function remembered({ books, memory }: Company, { params }: Asked, run: () => Answer): Answer {
  const requestId = params.get('requestid')
  if (requestId === null || requestId === '') return run()
  const key = `${books.realmId} ${requestId}`
  const before = memory.get(key)
  if (before !== undefined) return before
  const answer = frozen(run())
  memory.set(key, answer)
  return answer
}

/** Written out now, so that later changes to the books do not change what a replay answers. */
function frozen(answer: Answer): Answer {
  return {
    ...answer,
    headers: { 'content-type': 'application/json;charset=UTF-8', ...answer.headers },
    body: JSON.stringify(answer.body),
  }
}

function get(books: Books, { params }: Asked, resource: string, id: string | undefined): Answer {
  const time = pacificTime(books.now())
  switch (resource) {
    case 'query': {
      const statement = params.get('query')
      if (statement === null) throw new QuickbooksFault('4000', 'Error parsing query : the statement is missing')
      return { status: 200, body: { QueryResponse: runQuery(books, statement), time } }
    }
    case 'cdc':
      return { status: 200, body: { CDCResponse: [changedSince(books, params)], time } }
    case 'companyinfo':
      return { status: 200, body: { CompanyInfo: companyInfo(books), time } }
    case 'preferences':
      return { status: 200, body: { Preferences: preferences(books), time } }
    default: {
      const entity = entityOf(resource)
      if (id === undefined) throw new QuickbooksFault('500', 'Unsupported Operation : a record is read by its id')
      return { status: 200, body: { [entity]: view(books, required(books, entity, id)), time } }
    }
  }
}

function post(books: Books, asked: Asked, resource: string): Answer {
  const time = pacificTime(books.now())
  const sent = jsonOf(asked.body)
  if (resource === 'batch') return { status: 200, body: { ...runBatch(books, sent), time } }
  const entity = entityOf(resource)
  const stored = write(books, entity, operationOf(asked.params, sent), sent)
  return { status: 200, body: { [entity]: stored === undefined ? deletedView(sent) : view(books, stored), time } }
}

function operationOf(params: URLSearchParams, sent: object): WriteOperation {
  const operation = params.get('operation')
  switch (operation) {
    case 'delete':
    case 'void':
      return operation
    case 'update':
      return params.get('include') === 'void' ? 'void' : 'update'
    case null:
      return 'Id' in sent ? 'update' : 'create'
    default:
      throw new QuickbooksFault('500', `Unsupported Operation : ${operation}`)
  }
}

function entityOf(resource: string): EntityName {
  const entity = entityAt(resource)
  if (entity === undefined) throw new QuickbooksFault('500', `Unsupported Operation : ${resource} is not supported`)
  return entity
}

function jsonOf(body: string): object {
  try {
    const read: unknown = JSON.parse(body)
    if (typeof read === 'object' && read !== null && !Array.isArray(read)) return read
  } catch {
    // falls through to the refusal
  }
  throw new QuickbooksFault('2010', 'Request body is not a JSON object')
}
