import { stack } from '../support/stack.ts'
import { product } from './product.ts'

export type ApiAnswer = {
  status: number
  headers: Headers
  body: Record<string, unknown> & { error?: { type: string; code: string; param?: string; request_id: string } }
}
type Asked = { method?: string; body?: object; headers?: Record<string, string> }

/** A program of Larkfield's: it holds one secret key, and asks over the wire. */
export async function program(...scopes: ('read' | 'write' | 'sessions')[]) {
  const { makeApiKey } = await product()
  const made = await makeApiKey({ kind: 'staff', ...stack().owner, role: 'owner' }, { name: scopes.join(), scopes })
  if (!made.ok) throw new Error(made.because)
  return (path: string, asked?: Asked) => askApi(path, { authorization: `Bearer ${made.key}` }, asked)
}

/** Asks the API with these headers, whatever they are worth. */
export async function askApi(
  path: string,
  authorization: Record<string, string>,
  { method, body, headers = {} }: Asked = {},
): Promise<ApiAnswer> {
  const answer = await fetch(`${stack().web}/api/v1${path}`, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: { ...authorization, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as ApiAnswer['body'] }
}
