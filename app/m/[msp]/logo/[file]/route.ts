import { withTenant } from '@/lib/base/db'
import { findTenantBySlug } from '@/lib/tenancy/across-tenants'
import { readLogo } from '@/lib/tenancy/keep-logo'

/** A logo as we drew it, `{hash}-{height}.png`. It shows a picture to whoever asks, and can do nothing else. */
export async function GET(_: Request, context: { params: Promise<{ msp: string; file: string }> }) {
  const { msp, file } = await context.params
  const [, hash, height] = /^([0-9a-f]{32})-(\d{2,3})\.png$/.exec(file) ?? []
  const tenantId = hash === undefined ? undefined : await findTenantBySlug(msp)
  if (hash === undefined || tenantId === undefined) return missing()
  const png = await withTenant(tenantId, (tx) => readLogo(tx, hash, Number(height)))
  if (png === undefined) return missing()
  return new Response(new Uint8Array(png), {
    headers: {
      'content-type': 'image/png',
      'content-disposition': 'inline; filename="logo.png"',
      'content-security-policy': "sandbox; default-src 'none'",
      'cache-control': 'public, max-age=31536000, immutable',
    },
  })
}

const missing = () => new Response('No such logo', { status: 404, headers: { 'cache-control': 'no-store' } })
