'use client'

import { useEffect } from 'react'

/** Tells, once the page is shown, that a person looked. Fetching the page does not run this. */
export function ViewedBeacon({ tell }: { tell: () => Promise<void> }) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: told once per visit
  useEffect(() => {
    const timer = setTimeout(() => void tell().catch(() => undefined), 1_000)
    return () => clearTimeout(timer)
  }, [])
  return null
}
