import { fontFileAt } from '@/lib/tenancy/font-file'

/** A font of a tenant's choice, or its rules: the same for all tenants. Stripe's frame, of another origin, draws its fields with it too. */
export async function GET(_: Request, context: { params: Promise<{ file: string }> }) {
  const font = await fontFileAt(`/fonts/${(await context.params).file}`)
  if (font === undefined) return new Response('No such font', { status: 404 })
  return new Response(font.body, {
    headers: {
      'content-type': font.type,
      'content-security-policy': "default-src 'none'",
      'cache-control': 'public, max-age=31536000, immutable',
      'access-control-allow-origin': '*',
    },
  })
}
