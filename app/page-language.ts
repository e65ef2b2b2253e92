import 'server-only'
import { headers } from 'next/headers'
import { type Locale, localeOf } from '@/messages/words'
import { openPortal } from './m/[msp]/(portal)/visitor'
import { findMsp } from './m/[msp]/msp'
import { readLink } from './m/[msp]/pay/[token]/read-link'

/**
 * The language of the page that is asked for: what `<html lang>` says, where screen readers and translators look. Clients'
 * pages choose theirs by link, person and MSP; what is read for it is read once per request, for the page too.
 */
export async function pageLanguage(): Promise<Locale> {
  const asked = await headers()
  const { pathname, searchParams } = new URL(asked.get('x-address') ?? '/', 'http://here')
  const [area, slug, part, token] = pathname.split('/').slice(1).map(decodeURIComponent)
  const lang = searchParams.get('lang') ?? undefined
  if (area !== 'm' || slug === undefined) return 'en-US'
  try {
    return await clientLanguage(slug, part, token, lang)
  } catch {
    // Nobody's slug, somebody not signed in, or a database away: that page speaks for itself, in the browser's language.
    return localeOf(asked.get('accept-language'))
  }
}

async function clientLanguage(
  slug: string,
  part: string | undefined,
  token: string | undefined,
  lang: string | undefined,
): Promise<Locale> {
  if (part === 'pay' && token !== undefined) {
    const [tenant, link] = await Promise.all([findMsp(slug), readLink(slug, token)])
    return localeOf(lang, link.ok ? link.contact?.locale : undefined, tenant.locale)
  }
  if (part === 'sign-in') return localeOf(lang, (await findMsp(slug)).locale)
  return (await openPortal(slug, lang)).locale
}
