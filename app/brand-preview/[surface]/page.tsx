import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { ClientSurface } from '@/app/m/[msp]/client-surface'
import { InvoiceAside } from '@/app/m/[msp]/pay/[token]/invoice-aside'
import { openPreview, type Preview } from '../preview'
import { PreviewCheckout } from '../preview-checkout'
import { PreviewPortal } from '../preview-portal'

export const metadata = { title: { absolute: 'Preview' } }

type Props = { params: Promise<{ surface: string }>; searchParams: Promise<{ theme?: string }> }

/** The draft of a brand on a page clients meet, made of that page’s own parts. It is looked at, not used: all of it is inert. */
export default async function BrandPreviewPage({ params, searchParams }: Props) {
  const [{ surface }, { theme }] = await Promise.all([params, searchParams])
  if (surface !== 'pay' && surface !== 'portal' && surface !== 'widget') notFound()
  const preview = await openPreview(theme)
  return <div inert>{parts[surface](preview)}</div>
}

const parts: Record<'pay' | 'portal' | 'widget', (preview: Preview) => ReactNode> = {
  pay: (preview) => (
    <ClientSurface {...surfaceOf(preview)}>
      <main
        id="main"
        className="mx-auto grid max-w-270 items-start gap-6 px-4 pt-5 pb-10 wide:grid-cols-[minmax(0,1fr)_minmax(0,484px)] wide:gap-x-18 wide:px-6 wide:pt-10 wide:pb-14"
      >
        <InvoiceAside {...preview} pdf="#" token="" />
        <PreviewCheckout {...preview} />
      </main>
    </ClientSurface>
  ),
  portal: (preview) => <PreviewPortal {...preview} />,
  widget: (preview) => (
    <ClientSurface {...surfaceOf(preview)}>
      <main id="main" className="mx-auto max-w-121 p-4">
        <PreviewCheckout {...preview} />
      </main>
    </ClientSurface>
  ),
}

function surfaceOf({ tenant, locale }: Preview) {
  return { tenant, locale, otherLanguage: '#' }
}
