'use client'

import { CloudOff } from 'lucide-react'
import { Button } from '@/components/ui/button'
import '../../globals.css'

/** Few enough to stand here: this page is shown when the server could not send its words. */
const words = {
  en: {
    title: 'This page could not be loaded',
    text: 'Nothing was charged or changed by opening it. A payment that is on its way goes on without this page.',
    again: 'Load again',
  },
  fr: {
    title: 'Cette page n’a pas pu être chargée',
    text: 'L’ouvrir n’a rien débité ni rien changé. Un paiement en route se poursuit sans cette page.',
    again: 'Charger de nouveau',
  },
}

/** What a client sees when the server failed: in the language of the page that was asked for, and never in our name. */
export default function ClientError({ reset }: { reset: () => void }) {
  const isFrench = typeof document !== 'undefined' && document.documentElement.lang.startsWith('fr')
  const { title, text, again } = words[isFrench ? 'fr' : 'en']
  return (
    <main
      data-surface="client"
      className="grid min-h-screen place-content-center justify-items-center gap-2 p-6 text-center"
    >
      <CloudOff aria-hidden size={22} className="text-text-3" />
      <h1 className="h1">{title}</h1>
      <p className="max-w-[46ch] text-text-2">{text}</p>
      <Button onClick={reset} className="mt-2">
        {again}
      </Button>
    </main>
  )
}
