import { Form } from './action-table.ts'

/** Calls a server action as React does in the browser: arguments as JSON, forms as further parts. */
export function callAction(
  url: string,
  actionId: string,
  args: unknown[],
  headers: Record<string, string>,
): Promise<Response> {
  const body = new FormData()
  const encoded = args.map((arg, at) => {
    if (!(arg instanceof Form)) return arg
    const part = at + 1
    for (const [name, value] of Object.entries(arg.fields)) body.append(`_${part}_${name}`, value)
    return `$K${part.toString(16)}`
  })
  body.append('0', JSON.stringify(encoded))
  return fetch(url, {
    method: 'POST',
    redirect: 'manual',
    headers: { accept: 'text/x-component', 'next-action': actionId, ...headers },
    body,
  })
}
