import 'server-only'
import { type ApiActor, openApiKey } from '@/lib/access/open-api-key'
import { throttle, throttles } from '@/lib/access/throttle'
import { ApiError } from './api-error'
import type { AnyOperation } from './operation'

/**
 * Who asks, and whether they may: a secret key in the header, not from a browser, not too often, with the scope.
 * @param say collects what the answer's headers tell of the rate limit
 * @throws ApiError
 */
export async function admit(request: Request, { scope, summary }: AnyOperation, say: Headers): Promise<ApiActor> {
  // Whatever a page holds, its visitors hold too. There is no CORS here either.
  if (request.headers.has('origin'))
    throw new ApiError(
      403,
      'permission_error',
      'browser_not_allowed',
      'A secret key must not be in a web page: everybody who opens the page has it then. Ask from your server.',
    )
  const actor = await authenticate(request.headers.get('authorization'))
  const use = await throttle('api', actor.keyId)
  const { points } = throttles.api
  say.set('ratelimit-limit', String(points))
  say.set('ratelimit-remaining', String(use.ok ? use.left : 0))
  say.set('ratelimit-reset', String(use.ok ? use.resetSeconds : use.retryAfterSeconds))
  if (!use.ok)
    throw new ApiError(
      429,
      'rate_limit_error',
      'rate_limited',
      `This key may ask ${points} times a minute. Ask again in ${use.retryAfterSeconds} seconds.`,
      { headers: { 'retry-after': String(use.retryAfterSeconds) } },
    )
  if (!actor.scopes.includes(scope))
    throw new ApiError(
      403,
      'permission_error',
      'scope_missing',
      `This key lacks the scope "${scope}", which "${summary}" needs. An owner can make one that has it, under Settings › API keys.`,
    )
  return actor
}

const words = {
  malformed: 'This is no key of ours, or it has lost a letter. Keys begin with clk_live_ or clk_test_.',
  unknown: 'There is no such key here.',
  revoked: 'This key was revoked.',
  expired: 'This key was replaced by another, and its time is over.',
}

async function authenticate(header: string | null): Promise<ApiActor> {
  const key = /^Bearer +(\S+)$/i.exec(header ?? '')?.[1]
  if (key === undefined) throw unauthorized('key_missing', 'No secret key. Send it as Authorization: Bearer clk_live_…')
  const opened = await openApiKey(key)
  if (!opened.ok) throw unauthorized(`key_${opened.because}`, words[opened.because])
  return opened.actor
}

function unauthorized(code: string, message: string): ApiError {
  return new ApiError(401, 'authentication_error', code, message, {
    headers: { 'www-authenticate': 'Bearer realm="Closeloop"' },
  })
}
