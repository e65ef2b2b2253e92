import { logoPath } from '@/components/brand/logo-path'
import { payNow } from '@/lib/mail/templates/pay-now'
import { formatDay } from '@/messages/date'
import { openPreview } from '../preview'

/** The mail that brings an invoice, by its own template, with the draft. */
export async function GET(request: Request) {
  const { tenant, locale, today, invoice } = await openPreview(new URL(request.url).searchParams.get('theme'))
  const { html } = await payNow({
    ...{ sender: tenant, locale, today, recipient: 'Dana Example', isChanged: false },
    invoice: { ...invoice, lines: invoice.groups.flatMap(({ lines }) => lines) },
    ways: { bank: invoice.balance, card: invoice.balance },
    ...{ payUrl: '#', linkUntil: formatDay(invoice.dueOn, locale, 'document', today) },
  })
  const { logo } = tenant.brand
  // In a mail the logo comes along; here it is fetched from where pages have it.
  const shown = logo === null ? html : html.replaceAll(`cid:${logo.hash}`, logoPath(tenant.slug, logo, 64))
  return new Response(shown, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'self'; sandbox",
      'cache-control': 'no-store',
    },
  })
}
