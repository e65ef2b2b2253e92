'use client'

import { CloudOff } from 'lucide-react'
import { Button } from '@/components/ui/button'
import './globals.css'

/** The last net. Pages with a shell of their own catch earlier and keep the shell. */
export default function AppError({ reset }: { reset: () => void }) {
  return (
    <main className="grid min-h-screen place-content-center justify-items-center gap-2 p-6 text-center">
      <CloudOff aria-hidden size={22} className="text-text-3" />
      <h1 className="h1">This page could not be loaded</h1>
      <p className="max-w-[46ch] text-text-2">
        Nothing was charged or changed by opening it. Loading it again usually helps.
      </p>
      <Button onClick={reset} className="mt-2">
        Load again
      </Button>
    </main>
  )
}
