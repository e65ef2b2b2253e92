import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import '../globals.css'

export const metadata: Metadata = { title: { default: 'Closeloop', template: '%s, Closeloop' } }

/** The staff's surface: our own look, never the tenant's color. */
export default function ConsoleLayout({ children }: { children: ReactNode }) {
  return (
    <div data-surface="console" className="min-h-screen bg-page">
      {children}
    </div>
  )
}
