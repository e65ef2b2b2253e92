import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import { pageLanguage } from './page-language'

export const metadata: Metadata = {
  title: { default: 'Closeloop', template: '%s, Closeloop' },
  icons: { icon: '/icon.svg' },
  robots: { index: false, follow: false },
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  colorScheme: 'light dark',
}

/** The surface (`console` or `client`) and the brand are set by each part's own layout. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang={await pageLanguage()}>
      <body>{children}</body>
    </html>
  )
}
