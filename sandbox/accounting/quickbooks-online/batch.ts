import { z } from 'zod'
import type { Books } from './books.ts'
import { deletedView } from './deleted-view.ts'
import { faultBody, QuickbooksFault } from './fault.ts'
import { runQuery } from './run-query.ts'
import { entityNames } from './schema/schemas.ts'
import { view } from './view.ts'
import { write } from './write.ts'

const maxItems = 30
const batchRequest = z.object({ BatchItemRequest: z.array(z.looseObject({ bId: z.string().max(10) })) })
const operations = z.enum(['create', 'update', 'delete', 'void'])
const entityBody = z.looseObject({})

/** `POST /batch`: each item succeeds or fails for itself, and the answer as a whole is always 200. */
export function runBatch(books: Books, sent: unknown): object {
  const read = batchRequest.safeParse(sent)
  if (!read.success) throw new QuickbooksFault('2010', z.prettifyError(read.error), 'BatchItemRequest')
  const items = read.data.BatchItemRequest
  if (items.length > maxItems) throw new QuickbooksFault('6000', `A batch holds at most ${maxItems} items`)
  return { BatchItemResponse: items.map((item) => ({ bId: item.bId, ...runItem(books, item) })) }
}

function runItem(books: Books, item: Record<string, unknown>): object {
  try {
    if (typeof item.Query === 'string') return { QueryResponse: runQuery(books, item.Query) }
    return writeItem(books, item)
  } catch (error) {
    if (error instanceof QuickbooksFault) return { Fault: faultBody(error) }
    throw error
  }
}

function writeItem(books: Books, item: Record<string, unknown>): object {
  const entity = entityNames.find((name) => name in item)
  const body = entityBody.safeParse(entity && item[entity])
  const operation = operations.safeParse(item.operation)
  if (entity === undefined || !body.success || !operation.success) {
    throw new QuickbooksFault('2020', 'Required parameter operation or entity is missing in the batch item')
  }
  const isVoid = item.optionsData === 'void'
  const stored = write(books, entity, isVoid ? 'void' : operation.data, body.data)
  return { [entity]: stored === undefined ? deletedView(body.data) : view(books, stored) }
}
