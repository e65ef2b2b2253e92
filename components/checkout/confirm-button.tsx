'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import type { CheckoutTerms } from '@/lib/payments/checkout-terms'
import type { Resumed } from '@/lib/payments/resume-attempt'
import { agreeToDebit } from './agree-to-debit'
import type { Go } from './checkout'
import { openStripe } from './open-stripe'
import { sayStatus } from './payment-status'

type Props = {
  terms: CheckoutTerms
  locale: string
  button: string
  sending: string
  blocked: string
  resume: () => Promise<Resumed | undefined>
  ask: () => Promise<unknown>
  /** For what may still be given up: the words, and the act. */
  giveUp: { text: string; act: () => Promise<unknown> } | undefined
  go: Go
}

/** Takes up a bank’s check or an agreement that was left: after a reload, or in another window. */
export function ConfirmButton({ terms, locale, resume, ask, giveUp, go, ...words }: Props) {
  const [isBusy, setBusy] = useState(false)
  const [isBlocked, setBlocked] = useState(false)

  async function confirm() {
    const stripe = await openStripe(terms, locale)
    const resumed = await resume()
    if (resumed?.agreement !== undefined) await agreeToDebit(stripe, resumed.clientSecret, resumed.agreement)
    else if (resumed !== undefined) await stripe.handleNextAction({ clientSecret: resumed.clientSecret })
    await ask()
  }

  async function run(act: () => Promise<unknown>) {
    if (isBusy) return
    setBusy(true)
    sayStatus(words.sending)
    try {
      await act()
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
      <Button tone="primary" size="block" aria-disabled={isBusy} onClick={() => void run(confirm)}>
        {isBusy ? words.sending : words.button}
      </Button>
      {giveUp !== undefined && (
        <Button size="block" aria-disabled={isBusy} onClick={() => void run(giveUp.act)}>
          {giveUp.text}
        </Button>
      )}
    </div>
  )
}
