'use client'

import { useEffect, useSyncExternalStore } from 'react'

let said: string | undefined
const listeners = new Set<() => void>()

/** Says how the payment stands, in the one region of the page that is read out. */
export function sayStatus(text: string | undefined): void {
  said = text
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The region itself: on the page from the start, so that what changes in it is announced. `text` is what the server says. */
export function PaymentStatus({ text }: { text: string }) {
  const now = useSyncExternalStore(
    subscribe,
    () => said,
    () => undefined,
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: news from the server takes the place of what was said here
  useEffect(() => sayStatus(undefined), [text])
  return (
    <p role="status" className="sr-only">
      {now ?? text}
    </p>
  )
}
