import type { Answer } from '../../kernel/service.ts'

/** The inside of Stripe's error envelope, as it goes over the wire. */
export type ErrorBody = {
  type: 'api_error' | 'card_error' | 'idempotency_error' | 'invalid_request_error'
  message: string
  code?: string
  decline_code?: string
  advice_code?: string
  network_decline_code?: string
  param?: string
  charge?: string
  doc_url?: string
  payment_intent?: object
  setup_intent?: object
  payment_method?: object
}

/** A refusal in Stripe's words. */
export class StripeRefusal extends Error {
  readonly status: number
  readonly body: ErrorBody
  /** True when no endpoint began to work: such an answer is not kept for an idempotency key. */
  readonly beforeWork: boolean
  readonly headers: Record<string, string>

  constructor(
    status: number,
    body: ErrorBody,
    options: { beforeWork?: boolean; headers?: Record<string, string> } = {},
  ) {
    super(body.message)
    this.status = status
    this.body =
      body.code === undefined ? body : { ...body, doc_url: `https://stripe.com/docs/error-codes/${dashed(body)}` }
    this.beforeWork = options.beforeWork ?? false
    this.headers = options.headers ?? {}
  }
}

function dashed({ code = '' }: ErrorBody): string {
  return code.replaceAll('_', '-')
}

/** The request itself is malformed: refused before anything is looked up. */
export function malformed(message: string, code?: string, param?: string): StripeRefusal {
  return new StripeRefusal(400, body('invalid_request_error', message, code, param), { beforeWork: true })
}

/** The request is well formed, but what it asks for cannot be done. */
export function invalid(message: string, code?: string, param?: string): StripeRefusal {
  return new StripeRefusal(400, body('invalid_request_error', message, code, param))
}

/** A path names what does not exist on this account. */
export function missing(kind: string, id: string, param = 'id'): StripeRefusal {
  return new StripeRefusal(404, body('invalid_request_error', `No such ${kind}: '${id}'`, 'resource_missing', param))
}

/** A parameter names what does not exist on this account. */
export function missingReference(kind: string, id: string, param: string): StripeRefusal {
  return invalid(`No such ${kind}: '${id}'`, 'resource_missing', param)
}

export function unauthorized(message: string, code?: string): StripeRefusal {
  return new StripeRefusal(401, body('invalid_request_error', message, code), { beforeWork: true })
}

export function forbidden(message: string, code?: string): StripeRefusal {
  return new StripeRefusal(403, body('invalid_request_error', message, code), { beforeWork: true })
}

export function rateLimited(): StripeRefusal {
  return new StripeRefusal(
    429,
    body(
      'invalid_request_error',
      'Request rate limit exceeded. Learn more about rate limits here https://stripe.com/docs/rate-limits.',
      'rate_limit',
    ),
    { beforeWork: true, headers: { 'stripe-rate-limited-reason': 'global-rate' } },
  )
}

export function brokenInside(): StripeRefusal {
  return new StripeRefusal(500, {
    type: 'api_error',
    message: 'An unknown error occurred. Please contact support@stripe.com if the problem persists.',
  })
}

export function refusalAnswer({ status, body, headers }: StripeRefusal): Answer & { body: string } {
  return { status, headers: { ...headers }, body: JSON.stringify({ error: body }) }
}

function body(type: ErrorBody['type'], message: string, code?: string, param?: string): ErrorBody {
  return { type, message, ...(code !== undefined && { code }), ...(param !== undefined && { param }) }
}
