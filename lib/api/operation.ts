import { z } from 'zod'
import type { ApiScope } from '@/lib/access/api-key'
import type { ApiActor } from '@/lib/access/open-api-key'
import type { Tx } from '@/lib/base/db'
import { missing } from './api-error'
import { problemOf } from './problem-of'

type Shape = z.ZodObject

/** One thing the API does: what the document says of it, and what is done, from the same schemas. */
export type Operation<Query extends Shape, Body extends Shape, Answer extends z.ZodType> = {
  /** Unique, as generated clients call it: `listInvoices`. */
  id: string
  method: 'GET' | 'POST' | 'DELETE'
  /** Below /api/v1, with `{id}` where an id stands. */
  path: string
  tag: 'Invoices' | 'Payments' | 'Clients' | 'Checkout' | 'Webhooks'
  summary: string
  description?: string
  scope: ApiScope
  /** What `{id}` names, in words: `invoice`. */
  of?: string
  query?: Query
  body?: Body
  answer: Answer
  status?: 200 | 201
  /** Runs in one transaction. @throws ApiError, whose words reach the caller */
  run: (
    tx: Tx,
    actor: ApiActor,
    asked: { id: string; query: z.output<Query>; body: z.output<Body> },
  ) => Promise<z.input<Answer>>
}

/** What a caller sent, unread. */
export type Asked = { id?: string; query: Record<string, string>; body: unknown }

/** An operation as the door and the document see it, whatever it takes. */
export type AnyOperation = Omit<Operation<Shape, Shape, z.ZodType>, 'run'> & {
  /** Reads what was sent. @throws ApiError naming what is wrong with it */
  prepare: (asked: Asked) => (tx: Tx, actor: ApiActor) => Promise<unknown>
}

const Nothing = z.strictObject({})

export function operation<Query extends Shape, Body extends Shape, Answer extends z.ZodType>(
  one: Operation<Query, Body, Answer>,
): AnyOperation {
  const { run, ...rest } = one
  return {
    ...rest,
    prepare: (asked) => {
      const id = asked.id ?? ''
      if (one.of !== undefined && !z.uuid().safeParse(id).success) throw missing(one.of, id)
      const query = read(one.query, asked.query)
      const body = read(one.body, asked.body)
      return (tx, actor) => run(tx, actor, { id: id.toLowerCase(), query, body })
    },
  }
}

function read<Of extends Shape>(shape: Of | undefined, sent: unknown): z.output<Of> {
  const schema = shape ?? Nothing
  const parsed = schema.safeParse(sent, { reportInput: true })
  if (!parsed.success) throw problemOf(parsed.error, Object.keys(schema.shape))
  return parsed.data as z.output<Of>
}
