'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import type { CheckoutTerms } from '@/lib/payments/checkout-terms'
import type { Go } from './checkout'
import { openStripe } from './open-stripe'
import { sayStatus } from './payment-status'

type Props = {
  terms: CheckoutTerms
  locale: string
  button: string
  sending: string
  blocked: string
  resume: () => Promise<string | undefined>
  ask: () => Promise<unknown>
  go: Go
}

/** Takes up a bank’s check that was left: after a reload, or in another window. */
export function ConfirmButton({ terms, locale, resume, ask, go, ...words }: Props) {
  const [isBusy, setBusy] = useState(false)
  const [isBlocked, setBlocked] = useState(false)

  async function confirm() {
    if (isBusy) return
    setBusy(true)
    sayStatus(words.sending)
    try {
      const stripe = await openStripe(terms, locale)
      const clientSecret = await resume()
      if (clientSecret !== undefined) await stripe.handleNextAction({ clientSecret })
      await ask()
    } catch {
      setBlocked(true)
    }
    setBusy(false)
    sayStatus(undefined)
    go.reload()
  }

  return (
    <div className="grid gap-3">
      {isBlocked && (
        <Notice tone="warn" role="alert">
          {words.blocked}
        </Notice>
      )}
      <Button tone="primary" size="block" aria-disabled={isBusy} onClick={() => void confirm()}>
        {isBusy ? words.sending : words.button}
      </Button>
    </div>
  )
}
