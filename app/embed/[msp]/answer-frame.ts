import 'server-only'
import type { z } from 'zod'
import { orBusy } from '@/app/api/or-busy'
import { type CheckoutActor, openCheckoutSession } from '@/lib/access/checkout-session'
import { withTenant } from '@/lib/base/db'
import { env } from '@/lib/base/env'
import { findTenantBySlug } from '@/lib/tenancy/across-tenants'
import { getTenant } from '@/lib/tenancy/queries'
import type { Tenant } from '@/lib/tenancy/tenant'
import { type Locale, localeOf } from '@/messages/words'

export type FrameContext = { params: Promise<{ msp: string }> }
export type FrameAsk<Body> = { tenant: Tenant; locale: Locale; body: Body; request: Request }

const bodyMax = 16_384

/**
 * One question of the frame, asked by its own script: JSON in, JSON out. No cookie is read or set, so that a browser that
 * keeps storage from frames of others changes nothing, and no other site can ask with somebody's rights.
 */
export async function answerFrame<Body>(
  request: Request,
  context: FrameContext,
  schema: z.ZodType<Body>,
  act: (ask: FrameAsk<Body>) => Promise<Response>,
): Promise<Response> {
  if (!isOwnFrame(request.headers)) return answerJson({ error: 'Only the frame itself may ask this.' }, 403)
  if (!request.headers.get('content-type')?.startsWith('application/json'))
    return answerJson({ error: 'JSON is expected.' }, 415)
  const text = await request.text()
  const body = text.length > bodyMax ? undefined : schema.safeParse(parseJson(text))
  if (body === undefined || !body.success) return answerJson({ error: 'The question does not hold together.' }, 400)
  return orBusy(async () => {
    const tenant = await tenantOf((await context.params).msp)
    if (tenant === undefined) return answerJson({ error: 'Not found.' }, 404)
    const locale = localeOf(new URL(request.url).searchParams.get('locale'), tenant.locale)
    return act({ tenant, locale, body: body.data, request })
  })
}

/** The same for what a session is needed for. Its token comes with each question and is kept nowhere but in the frame. */
export async function answerSession<Body>(
  request: Request,
  context: FrameContext,
  schema: z.ZodType<Body>,
  act: (ask: FrameAsk<Body> & { actor: CheckoutActor }) => Promise<unknown>,
): Promise<Response> {
  return answerFrame(request, context, schema, async (ask) => {
    const token = /^Bearer (\S+)$/.exec(request.headers.get('authorization') ?? '')?.[1] ?? ''
    const actor = await openCheckoutSession(ask.tenant.slug, token)
    if (actor === undefined) return answerJson({ error: 'The session has ended.' }, 401)
    const answer = await act({ ...ask, actor })
    return answer instanceof Response ? answer : answerJson(answer)
  })
}

export function answerJson(answer: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return Response.json(answer, { status, headers: { ...frameHeaders(), ...headers } })
}

/** What every answer of the frame carries. The address in it is nobody's to hear, and nothing of it is kept. */
export function frameHeaders(): Record<string, string> {
  return {
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'x-robots-tag': 'noindex',
    ...(env().PUBLIC_URL.startsWith('https:')
      ? { 'strict-transport-security': 'max-age=63072000; includeSubDomains' }
      : {}),
  }
}

export async function tenantOf(slug: string): Promise<Tenant | undefined> {
  const tenantId = await findTenantBySlug(slug)
  return tenantId === undefined ? undefined : withTenant(tenantId, getTenant)
}

/** Whether a document of ours asks. Every browser we serve says so itself; a page of another site cannot. */
function isOwnFrame(headers: Headers): boolean {
  return headers.get('sec-fetch-site') === 'same-origin' && headers.get('sec-fetch-mode') !== 'navigate'
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
