'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'

const firstMs = 2_000
const longestMs = 15_000

/**
 * Asks how the payment stands, at first every two seconds, then less often, and lets the page show the answer. It moves
 * neither focus nor scroll, and rests while nobody looks.
 */
export function KeepAsking({ ask }: { ask: () => Promise<unknown> }) {
  const router = useRouter()
  // biome-ignore lint/correctness/useExhaustiveDependencies: `ask` is another function on every render, and the same act
  useEffect(() => {
    let waitMs = firstMs
    let timer: ReturnType<typeof setTimeout>
    const next = () => {
      timer = setTimeout(() => void turn(), waitMs)
      waitMs = Math.min(waitMs * 1.5, longestMs)
    }
    const turn = async () => {
      if (document.visibilityState === 'visible') {
        await ask().catch(() => undefined)
        router.refresh()
      }
      next()
    }
    next()
    return () => clearTimeout(timer)
  }, [])
  return null
}
