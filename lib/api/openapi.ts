import { z } from 'zod'
import { apiScopes } from '@/lib/access/api-key'
import { ApiErrorBody } from './api-error'
import { named } from './named'
import type { AnyOperation } from './operation'

type Json = Record<string, unknown>

/** What we send of ourselves, to whom asked for it. */
export type Told = { type: string; words: string; schema: z.ZodType }

const plain: z.core.ToJSONSchemaParams = {
  target: 'draft-2020-12',
  override: ({ zodSchema, jsonSchema }) => {
    // A format says it to people; zod's pattern for it fills a screen.
    if (jsonSchema.format !== undefined) delete jsonSchema.pattern
    const known = zodSchema instanceof z.ZodType ? named.get(zodSchema) : undefined
    if (known?.id === undefined) return
    jsonSchema.description = known.description
    if (known.examples !== undefined) jsonSchema.examples = known.examples
  },
}

const refOf = (id: string) => `#/components/schemas/${id}`

/** Every refusal there may be; what each means stands in its body. */
const refusals = {
  400: 'Something in the request is wrong; `param` says what.',
  401: 'No key, or one that opens nothing.',
  403: 'The key lacks the scope, or was sent from a browser.',
  404: 'There is no such object here.',
  409: 'A request with this Idempotency-Key is being worked.',
  422: 'This Idempotency-Key was used for another request.',
  429: 'Too many requests; `Retry-After` says when to come back.',
  500: 'Something failed on our side.',
  503: 'We are busy; `Retry-After` says when to come back.',
} as const

/** The OpenAPI 3.1 document of these operations, made from the schemas that read requests and type answers. */
export function openApi(operations: readonly AnyOperation[], told: readonly Told[], serverUrl: string): Json {
  const { schemas } = z.toJSONSchema(named, { ...plain, uri: refOf })
  return {
    openapi: '3.1.0',
    info: {
      title: 'Closeloop',
      version: '1',
      description:
        'Invoices, payments and clients of one MSP, for its own programs. Money is whole minor units as text. Lists go from the newest to the oldest; read on with `starting_after` while `has_more`. Unknown parameters are refused by name.',
      license: { name: 'AGPL-3.0-only', identifier: 'AGPL-3.0-only' },
    },
    servers: [{ url: `${serverUrl}/api/v1` }],
    security: [{ secretKey: [] }],
    tags: [...new Set(operations.map(({ tag }) => tag))].map((name) => ({ name })),
    paths: Object.fromEntries(
      [...Map.groupBy(operations, ({ path }) => path)].map(([path, ofPath]) => [
        path,
        Object.fromEntries(ofPath.map((one) => [one.method.toLowerCase(), describe(one)])),
      ]),
    ),
    webhooks: Object.fromEntries(told.map((one) => [one.type, describeTold(one)])),
    components: {
      schemas: Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, bare(schema as Json)])),
      securitySchemes: {
        secretKey: {
          type: 'http',
          scheme: 'bearer',
          description: `A secret key, \`clk_live_…\` or \`clk_test_…\`, with scopes of ${apiScopes.join(', ')}. It must never be in a browser.`,
        },
      },
    },
  }
}

function describe(one: AnyOperation): Json {
  const { id, tag, summary, description, scope, body, method } = one
  const codes = Object.entries(refusals).filter(
    ([code]) => (code !== '404' || one.of !== undefined) && (method === 'POST' || (code !== '409' && code !== '422')),
  )
  return {
    operationId: id,
    tags: [tag],
    summary,
    description: `${description === undefined ? '' : `${description}\n\n`}Needs the scope \`${scope}\`.`,
    parameters: parametersOf(one),
    ...(body === undefined ? {} : { requestBody: { required: false, content: json(body) } }),
    responses: {
      [one.status ?? 200]: { description: 'Done.', headers: requestIdHeader, content: json(one.answer) },
      ...Object.fromEntries(
        codes.map(([code, words]) => [
          code,
          { description: words, headers: requestIdHeader, content: json(ApiErrorBody) },
        ]),
      ),
    },
  }
}

function describeTold({ type, words, schema }: Told): Json {
  return {
    post: {
      operationId: `on${type.replaceAll(/(?:^|\.)(\w)/g, (_, letter: string) => letter.toUpperCase())}`,
      summary: words,
      security: [],
      requestBody: { required: true, content: json(schema) },
      responses: { '2XX': { description: 'Heard. Anything else, and we try again for three days.' } },
    },
  }
}

const requestIdHeader = { 'Request-Id': { schema: { type: 'string' }, description: 'Names this exchange.' } }

function parametersOf({ of, query, method }: AnyOperation): Json[] {
  const path =
    of === undefined
      ? []
      : [
          {
            name: 'id',
            in: 'path',
            required: true,
            schema: { type: 'string', format: 'uuid' },
            description: `Which ${of}.`,
          },
        ]
  const header =
    method === 'POST'
      ? [
          {
            name: 'Idempotency-Key',
            in: 'header',
            required: false,
            schema: { type: 'string', minLength: 1, maxLength: 255 },
            description: 'Repeat a request under the same key, and it is done once. Kept for 24 hours.',
          },
        ]
      : []
  const fields = Object.entries(query?.shape ?? {}).map(([name, field]) => {
    const { description, ...schema } = bare(z.toJSONSchema(field, { ...plain, io: 'input' }) as Json)
    return { name, in: 'query', required: false, schema, ...(description === undefined ? {} : { description }) }
  })
  return [...path, ...fields, ...header]
}

/** A named schema is referred to, any other written out. */
function json(schema: z.ZodType): Json {
  const id = named.get(schema)?.id
  const body = id === undefined ? bare(z.toJSONSchema(schema, { ...plain, io: 'input' }) as Json) : { $ref: refOf(id) }
  return { 'application/json': { schema: body } }
}

/** In a document that says its dialect once, a schema need not. */
function bare({ $schema: _, $id: __, id: ___, ...schema }: Json): Json {
  return schema
}
