import type { Answer } from '../../kernel/service.ts'

export type FieldProblem = { code: string; message: string; resource: string; field: string }

/** Thrown anywhere below a route; answered in the vendor's words. */
export class Refusal extends Error {
  readonly status: number
  readonly code: string
  readonly problems: FieldProblem[] | null

  constructor(status: number, code: string, message: string, problems: FieldProblem[] | null = null) {
    super(message)
    this.status = status
    this.code = code
    this.problems = problems
  }

  answer(): Answer {
    return { status: this.status, body: { code: this.code, message: this.message, errors: this.problems } }
  }
}

export function notFound(what = 'Resource'): Refusal {
  return new Refusal(404, 'NotFound', `${what} not found`)
}

/** 400 with one entry per field that is wrong. `resource` is the vendor's word for the record, in lower case. */
export function invalid(resource: string, problems: Omit<FieldProblem, 'resource'>[]): Refusal {
  const errors = problems.map((problem) => ({ ...problem, resource }))
  return new Refusal(400, 'InvalidObject', `${resource} object is invalid`, errors)
}

export function badConditions(message: string): Refusal {
  return new Refusal(400, 'InvalidParameter', `conditions parameter is invalid: ${message}`)
}
