import { randomBytes } from 'node:crypto'
import { orBusy } from '@/app/api/or-busy'
import { listWidgetOrigins } from '@/lib/access/widget-origins'
import { contentSecurityPolicy } from '@/lib/base/content-security-policy'
import { withTenant } from '@/lib/base/db'
import { env } from '@/lib/base/env'
import { brandCss } from '@/lib/tenancy/brand-css'
import { fontFaces } from '@/lib/tenancy/brand-fonts'
import { localeOf, wordsIn } from '@/messages/words'
import { type FrameContext, frameHeaders, tenantOf } from './answer-frame'
import { frameFiles } from './frame-files'
import { frameHtml } from './frame-html'
import { frameWords } from './frame-words'

const themes = ['light', 'dark', 'auto'] as const

/**
 * The page in the widget’s frame. Who may frame it is the MSP’s list and nobody else, said in a header that the browser
 * obeys; a page of our own (the console, which shows what it will look like) may as well. It reads no cookie and holds
 * nothing of anybody: the session comes from the page around, and stays in memory.
 */
export function GET(request: Request, context: FrameContext): Promise<Response> {
  return orBusy(async () => {
    const { msp } = await context.params
    const tenant = await tenantOf(msp)
    if (tenant === undefined) return new Response('Not found', { status: 404, headers: frameHeaders() })
    const asked = new URL(request.url).searchParams
    const origins = (await withTenant(tenant.id, listWidgetOrigins)).map(({ origin }) => origin)
    const isOurs =
      request.headers.get('sec-fetch-site') === 'same-origin' && request.headers.get('sec-fetch-dest') === 'iframe'
    const framers = isOurs ? [new URL(env().PUBLIC_URL).origin] : origins
    const host = framers.find((origin) => origin === asked.get('on'))
    const locale = localeOf(asked.get('locale'), tenant.locale)
    const words = wordsIn(locale)
    const nonce = randomBytes(16).toString('base64')
    const { STRIPE_JS_URL, STRIPE_API_URL } = env()
    const html = frameHtml({
      facts: {
        path: `/embed/${tenant.slug}`,
        locale,
        ...(host === undefined ? {} : { host }),
        isDialog: asked.get('mode') === 'dialog',
        invoice: (asked.get('invoice') ?? '').slice(0, 60),
        words: frameWords(locale),
      },
      title: words('widget.title', { name: tenant.name }),
      nonce,
      theme: themes.find((theme) => theme === asked.get('theme')) ?? 'auto',
      css: `${fontFaces(tenant.brand.font)}${brandCss(tenant.brand)}`,
      files: frameFiles(),
      stripe: new URL(STRIPE_JS_URL).origin,
      noScript: `${words('pay.noScript')} ${tenant.brand.payByCheck}`,
    })
    return new Response(html, {
      headers: {
        ...frameHeaders(),
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': contentSecurityPolicy({
          nonce,
          stripeJsUrl: STRIPE_JS_URL,
          stripeApiUrl: STRIPE_API_URL,
          formTargets: [],
          framers,
          hasTrustedTypes: false,
          isDevelopment: false,
        }),
        // Stripe’s own frames, inside this one, are where wallets and passkeys are asked for.
        'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=*, publickey-credentials-get=*',
      },
    })
  })
}
