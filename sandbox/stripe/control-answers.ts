import type { Answer, Asked } from '../kernel/service.ts'

/** Answers of the sandbox's own addresses, which any page may read. */
export const headers = { 'access-control-allow-origin': '*' }

export function done(body: object): Answer {
  return { status: 200, headers, body }
}

export function notFound(error: string): Answer {
  return { status: 404, headers, body: { error } }
}

export function conflict(error: string): Answer {
  return { status: 409, headers, body: { error } }
}

export function unknown({ method, path }: Asked): Answer {
  return notFound(`${method} ${path} is not a control of the sandbox`)
}
