import { logoPath } from '@/components/brand/logo-path'
import type { Tenant } from '@/lib/tenancy/tenant'

/** A mail as a page that can do nothing: no script, nothing from elsewhere, in a frame of ours only. */
export function mailAnswer({ slug, brand: { logo } }: Tenant, html: string): Response {
  // In a mail the logo comes along; here it is fetched from where pages have it.
  const shown = logo === null ? html : html.replaceAll(`cid:${logo.hash}`, logoPath(slug, logo, 64))
  return new Response(shown, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      // No script of the mail's passes the policy; the sandbox lets in those of a browser's own tools, as a check for access.
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'self'; sandbox allow-scripts",
      'cache-control': 'no-store',
    },
  })
}
