import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { preload } from 'react-dom'
import { PageStyle } from '@/components/brand/page-style'
import { brandCss } from '@/lib/tenancy/brand-css'
import { fontPath } from '@/lib/tenancy/brand-fonts'
import type { Tenant } from '@/lib/tenancy/tenant'
import { type Locale, wordsIn } from '@/messages/words'
import { ClientFooter } from './client-footer'
import { PageLanguage } from './page-language'

export type SurfaceProps = {
  tenant: Tenant
  locale: Locale
  /** The same page in the other language. */
  otherLanguage: string
  /** What the page brings along of the style, before the brand’s own. */
  style?: string
  /** Above the page’s one `main`. */
  top?: ReactNode
  children: ReactNode
}

/** The frame of a client’s page, in the MSP’s brand. How the style gets there is for the page to say. */
export async function Surface({ tenant, locale, otherLanguage, style = '', top, children }: SurfaceProps) {
  const nonce = (await headers()).get('x-nonce') ?? undefined
  preload(fontPath(tenant.brand.font, 'latin'), { as: 'font', type: 'font/woff2', crossOrigin: 'anonymous' })
  return (
    <div data-surface="client" className="flex min-h-screen flex-col bg-brand-canvas">
      <PageLanguage locale={locale} />
      <PageStyle css={`${style}${brandCss(tenant.brand)}`} nonce={nonce} />
      <a
        href="#main"
        className="-left-[999px] absolute z-9 rounded-sm bg-ink px-3 py-2 text-text-on-ink focus:top-3 focus:left-3"
      >
        {wordsIn(locale)('frame.skip')}
      </a>
      {top}
      <div className="grow">{children}</div>
      <ClientFooter tenant={tenant} locale={locale} otherLanguage={otherLanguage} />
    </div>
  )
}
