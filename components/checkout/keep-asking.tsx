'use client'

import { useEffect } from 'react'
import type { Go } from './checkout'

const firstMs = 2_000
const longestMs = 15_000

/**
 * Asks how the payment stands, at first every two seconds, then less often, and lets the page show the answer. It moves
 * neither focus nor scroll, and rests while nobody looks.
 */
export function KeepAsking({ ask, go }: { ask: () => Promise<unknown>; go: Go }) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: `ask` and `go` are others on every render, and the same acts
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
        go.reload()
      }
      next()
    }
    next()
    return () => clearTimeout(timer)
  }, [])
  return null
}
