import type { ReactNode } from 'react'
import { BrandMark } from '@/components/brand/brand-mark'
import type { Tenant } from '@/lib/tenancy/tenant'
import type { Locale } from '@/messages/words'
import { ClientSurface } from '../client-surface'

type Props = { tenant: Tenant; locale: Locale; path: string; title: string; text: ReactNode; children?: ReactNode }

/** One narrow page with one thing on it. */
export function Door({ tenant, locale, path, title, text, children }: Props) {
  const otherLanguage = `/m/${tenant.slug}${path}${path.includes('?') ? '&' : '?'}lang=${locale === 'fr-CA' ? 'en' : 'fr'}`
  return (
    <ClientSurface tenant={tenant} locale={locale} otherLanguage={otherLanguage}>
      <main id="main" className="mx-auto grid max-w-110 gap-8 px-4 py-10 wide:px-6 wide:py-18">
        <BrandMark tenant={tenant} />
        <div className="grid gap-2">
          <h1 className="h1">{title}</h1>
          <p className="text-text-2">{text}</p>
        </div>
        {children}
      </main>
    </ClientSurface>
  )
}
