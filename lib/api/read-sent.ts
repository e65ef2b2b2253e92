import { ApiError, invalid } from './api-error'

const bytesMax = 64 * 1024

/** The parameters of an address. One given twice would be read by half of all libraries one way, by half the other. */
export function readQuery(url: URL): Record<string, string> {
  const names = [...url.searchParams.keys()]
  const twice = names.find((name, at) => names.indexOf(name) !== at)
  if (twice !== undefined)
    throw invalid('parameter_repeated', `${twice.slice(0, 80)} is given twice.`, twice.slice(0, 80))
  return Object.fromEntries(url.searchParams)
}

/** The body as text, at most 64 KB. @throws ApiError 413 */
export async function readText(request: Request): Promise<string> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of request.body ?? []) {
    size += part.length
    if (size > bytesMax)
      throw new ApiError(413, 'invalid_request_error', 'body_too_large', 'The body is larger than 64 KB.')
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

/** The body as JSON; none at all is an empty object. @throws ApiError */
export function readJson(request: Request, text: string): unknown {
  if (text === '') return {}
  const type = request.headers.get('content-type') ?? ''
  if (!/^application\/json\s*(;|$)/i.test(type))
    throw new ApiError(
      415,
      'invalid_request_error',
      'body_not_json',
      `Send JSON, with Content-Type: application/json${type === '' ? '' : `, not ${type.slice(0, 80)}`}.`,
    )
  try {
    return JSON.parse(text)
  } catch {
    throw invalid('body_not_json', 'The body is not JSON.')
  }
}
