import { z } from 'zod'
import { named } from './named'

export const errorTypes = [
  'authentication_error',
  'permission_error',
  'invalid_request_error',
  'idempotency_error',
  'rate_limit_error',
  'api_error',
] as const
export type ApiErrorType = (typeof errorTypes)[number]

/** The one shape every refusal has. */
export const ApiErrorBody = z
  .strictObject({
    error: z.strictObject({
      type: z.enum(errorTypes).describe('What kind of thing went wrong; what to do follows from it.'),
      code: z.string().describe('Exactly what; programs may go by it.'),
      message: z.string().describe('The same in words, for the person who reads the log.'),
      param: z.string().optional().describe('The parameter it is about.'),
      request_id: z.string().describe('Also in the header Request-Id; name it when you ask us.'),
    }),
  })
  .register(named, {
    id: 'Error',
    description: 'Why a request was refused.',
    examples: [
      {
        error: {
          type: 'invalid_request_error',
          code: 'parameter_unknown',
          message: 'Unknown parameter: colour. This takes limit, starting_after.',
          param: 'colour',
          request_id: 'req_0193a0b0c0d07000800000000000000a',
        },
      },
    ],
  })

/** A refusal on its way to the caller: thrown wherever it is found, written in one place. */
export class ApiError extends Error {
  readonly status: number
  readonly type: ApiErrorType
  readonly code: string
  readonly param: string | undefined
  readonly headers: Record<string, string>

  constructor(
    status: number,
    type: ApiErrorType,
    code: string,
    message: string,
    more: { param?: string; headers?: Record<string, string> } = {},
  ) {
    super(message)
    this.name = 'ApiError'
    this.status = status
    this.type = type
    this.code = code
    this.param = more.param
    this.headers = more.headers ?? {}
  }

  body(requestId: string): z.infer<typeof ApiErrorBody> {
    const { type, code, message, param } = this
    return { error: { type, code, message, ...(param === undefined ? {} : { param }), request_id: requestId } }
  }
}

/** What does not exist, or is another MSP's: the two must not be told apart. */
export function missing(what: string, id: string): ApiError {
  return new ApiError(404, 'invalid_request_error', 'resource_missing', `No such ${what}: ${id.slice(0, 80)}.`)
}

export function invalid(code: string, message: string, param?: string): ApiError {
  return new ApiError(400, 'invalid_request_error', code, message, param === undefined ? {} : { param })
}
