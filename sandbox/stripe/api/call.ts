import type { Scope } from '../state/state.ts'
import type { Caller } from './authenticate.ts'
import type { Form } from './form.ts'
import { type Rule, shape } from './params.ts'

/** One request on its way to an endpoint: where it acts, who asks, the ids in its path and its parameters. */
export type Call<P> = { scope: Scope; caller: Caller; ids: readonly string[]; params: P; path: string }

/** What an endpoint answers with: an object of the API. */
export type Endpoint = {
  method: 'GET' | 'POST' | 'DELETE'
  /** `:id` stands for an id. */
  path: string
  /** Whether a publishable key may call it, too. */
  browser: boolean
  run: (call: Call<Form>) => object
}

/** An endpoint with its table of parameters; nothing outside the table gets past it. */
export function endpoint<P>(
  method: Endpoint['method'],
  path: string,
  params: Rule<P>,
  run: (call: Call<P>) => object,
  options: { browser?: boolean } = {},
): Endpoint {
  return {
    method,
    path,
    browser: options.browser ?? false,
    run: (call) => run({ ...call, params: params(call.params, '') }),
  }
}

/** For endpoints that take no parameters but `expand`. */
export const nothing = shape({})

export function idOf(ids: readonly string[], place = 0): string {
  return ids[place] ?? ''
}
