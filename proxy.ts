import { randomBytes } from 'node:crypto'
import { type NextRequest, NextResponse } from 'next/server'
import { openPayLink } from '@/lib/access/pay-link'
import { heldFor } from '@/lib/access/throttle'
import { clientNetwork } from '@/lib/base/client-address'
import { contentSecurityPolicy } from '@/lib/base/content-security-policy'
import { env } from '@/lib/base/env'
import { findTenantOfHost } from '@/lib/tenancy/across-tenants'
import { hostNameOf, isOurs, routeOnTenantHost } from '@/lib/tenancy/route-host'

const payAddress = /^\/m\/([^/]+)\/pay\/([^/]+)/

/** The address of a mailed link holds its secret: not even our own files need to hear it. */
const secretAddress = /^\/m\/[^/]+\/pay\/|\/sign-in\/confirm$/
/** Say themselves how long they are kept and what may be done with them: fonts, logos, papers, and previews of mail and PDF. */
const hasOwnHeaders = /^\/fonts\/|^\/m\/[^/]+\/logo\/|\/documents\/[^/]+\/pdf$|^\/brand-preview\/(email|words|pdf)$/

/**
 * Response headers of every page. It decides nothing about who may see what: each page, action and route asks for itself.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const place = await placeOf(request)
  if (place === undefined) return nothingHere()
  const guesser = await heldGuess(request, place)
  if (guesser !== undefined) return guesser
  const nonce = randomBytes(16).toString('base64')
  const { STRIPE_JS_URL, STRIPE_API_URL, QUICKBOOKS_AUTHORIZE_URL } = env()
  const policy = contentSecurityPolicy({
    nonce,
    stripeJsUrl: STRIPE_JS_URL,
    stripeApiUrl: STRIPE_API_URL,
    formTargets: [STRIPE_API_URL, QUICKBOOKS_AUTHORIZE_URL],
    isDevelopment: process.env.NODE_ENV === 'development',
    // The previews of a brand stand in windows of the console.
    framers: place.startsWith('/brand-preview/') ? ["'self'"] : [],
    hasTrustedTypes: /^\/console(\/|$)/.test(place),
  })
  // Next reads the nonce off the request and puts it on its own scripts.
  const headers = new Headers(request.headers)
  headers.set('x-nonce', nonce)
  // The layout of all pages has no other way to hear which is asked for, and says its language.
  headers.set('x-address', `${request.nextUrl.pathname}${request.nextUrl.search}`)
  headers.set('content-security-policy', policy)
  // What another names as the host is not believed: links and checks of ours go by the one that was asked.
  headers.delete('x-forwarded-host')
  const url = new URL(`${place}${request.nextUrl.search}`, request.nextUrl)
  const response =
    place === request.nextUrl.pathname
      ? NextResponse.next({ request: { headers } })
      : NextResponse.rewrite(url, { request: { headers } })
  if (!hasOwnHeaders.test(place)) {
    response.headers.set('content-security-policy', policy)
    response.headers.set('cache-control', 'no-store')
  }
  response.headers.set('referrer-policy', secretAddress.test(place) ? 'no-referrer' : 'same-origin')
  response.headers.set('x-content-type-options', 'nosniff')
  response.headers.set('cross-origin-opener-policy', 'same-origin-allow-popups') // a bank's own window must live
  response.headers.set('permissions-policy', 'camera=(), microphone=(), geolocation=(), payment=(self)')
  if (env().PUBLIC_URL.startsWith('https:'))
    response.headers.set('strict-transport-security', 'max-age=63072000; includeSubDomains')
  return response
}

/** The path of ours that is asked for: on a tenant's own host its pages begin at the root. Undefined where nothing is. */
async function placeOf(request: NextRequest): Promise<string | undefined> {
  const { pathname } = request.nextUrl
  const name = hostNameOf(request.headers.get('host'))
  if (isOurs(name, new URL(env().PUBLIC_URL).hostname)) return pathname
  const tenant = await findTenantOfHost(name)
  if (tenant === undefined) return undefined
  const route = routeOnTenantHost(pathname, tenant.slug)
  return route.to === 'here' ? pathname : route.to === 'path' ? route.path : undefined
}

/** A name that leads here and is nobody's, or a page that is not on this host: no page, no brand, nothing of anyone. */
function nothingHere(): NextResponse {
  const headers = { 'cache-control': 'no-store', 'content-security-policy': "default-src 'none'", vary: 'host' }
  return new NextResponse('There is nothing at this address.\n', { status: 404, headers })
}

/** Who guessed too many pay links waits, but for a link that is good: others may sit behind the same address. */
async function heldGuess(request: NextRequest, place: string): Promise<NextResponse | undefined> {
  const [, slug, token] = payAddress.exec(place) ?? []
  if (slug === undefined || token === undefined) return undefined
  const seconds = heldFor('payLink', clientNetwork(request.headers))
  if (seconds === 0) return undefined
  const link = await openPayLink(slug, token)
  if (link.ok || link.because !== 'unknown') return undefined
  const headers = { 'retry-after': String(seconds), 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' }
  return new NextResponse('Too many links that lead nowhere. Wait a minute, then open yours again.', {
    status: 429,
    headers,
  })
}

export const config = {
  // Static files carry no data of anyone and keep their own cache headers; webhooks and probes are not pages; the widget's
  // frame is made to be framed, and says itself by whom.
  matcher: ['/((?!_next/static|_next/image|favicon.ico|icon.svg|embed/|api/webhooks|api/health|api/metrics).*)'],
}
