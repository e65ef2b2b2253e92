'use client'

import type { Appearance, Stripe } from '@stripe/stripe-js'
import { useCallback, useEffect, useRef, useState } from 'react'
import { readAppearance } from './appearance'
import type { CheckoutFacts, WayType } from './checkout'
import { openStripe } from './open-stripe'
import type { Fields } from './stripe-fields'

export type StripeState = 'loading' | 'ready' | 'blocked'

/** Loads Stripe once the page stands, and keeps hold of the fields it draws. */
export function useStripeFields(facts: Pick<CheckoutFacts, 'terms' | 'locale'>) {
  const { terms, locale } = facts
  const [stripe, setStripe] = useState<Stripe>()
  const [isBlocked, setBlocked] = useState(false)
  const [ready, setReady] = useState<readonly WayType[]>([])
  const [appearance, setAppearance] = useState<Appearance>()
  const fields = useRef(new Map<WayType, Fields>())

  // biome-ignore lint/correctness/useExhaustiveDependencies: the terms do not change while the page stands
  useEffect(() => {
    let isGone = false
    openStripe(terms, locale).then(
      (opened) => {
        if (!isGone) setStripe(opened)
      },
      () => {
        if (!isGone) setBlocked(true)
      },
    )
    return () => {
      isGone = true
    }
  }, [terms.publishableKey, locale])

  useEffect(() => {
    const dark = matchMedia('(prefers-color-scheme: dark)')
    const read = () => setAppearance(readAppearance())
    read()
    dark.addEventListener('change', read)
    return () => dark.removeEventListener('change', read)
  }, [])

  return {
    stripe,
    appearance,
    isBlocked,
    stateOf: (type: WayType): StripeState => (isBlocked ? 'blocked' : ready.includes(type) ? 'ready' : 'loading'),
    fieldsOf: (type: WayType) => fields.current.get(type),
    onFields: useCallback((type: WayType, made: Fields) => void fields.current.set(type, made), []),
    onReady: (type: WayType) => setReady((before) => (before.includes(type) ? before : [...before, type])),
    onFail: () => setBlocked(true),
  }
}
