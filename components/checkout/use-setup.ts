'use client'

import type { Stripe } from '@stripe/stripe-js'
import { useRef, useState } from 'react'
import type { SetupResult } from '@/lib/payments/setup-result'
import { agreeToDebits } from './agree-to-debit'
import type { WayType } from './checkout'
import { sayStatus } from './payment-status'
import type { SaveActs, Saved, SaveFormFacts } from './save-form'
import type { AgreedOrder } from './saving'
import type { Fields } from './stripe-fields'

/** From the press of “Save” to what came of it. Whatever happens in between, one setup is saved once. */
export function useSetup(facts: SaveFormFacts, acts: SaveActs, done: (saved: Saved) => void) {
  const { words } = facts
  const [isSending, setSending] = useState(false)
  const [refused, setRefused] = useState<string>()
  const isBusy = useRef(false)
  const setupId = useRef(facts.setupId)

  function end(reason?: string) {
    isBusy.current = false
    setSending(false)
    setRefused(reason)
    sayStatus(undefined)
  }

  function begin() {
    isBusy.current = true
    setSending(true)
    setRefused(undefined)
    sayStatus(words.saving)
  }

  async function send(type: WayType, { stripe, elements }: Fields, agreed: AgreedOrder) {
    if (isBusy.current) return
    begin()
    const { error: incomplete } = await elements.submit()
    if (incomplete) return end() // the fields say what is missing, and have the focus
    const { error, confirmationToken } = await stripe.createConfirmationToken({
      elements,
      params: { payment_method_data: { billing_details: { email: facts.email } }, return_url: location.href },
    })
    if (error) return end(error.message ?? '')
    const wish = { setupId: setupId.current, confirmationTokenId: confirmationToken.id, agreed }
    const answer = await acts.save(wish).catch(() => undefined)
    if (answer?.ok && answer.state === 'requires_action' && answer.clientSecret !== undefined) {
      sayStatus(words.checking)
      await stripe.handleNextAction({ clientSecret: answer.clientSecret })
      return settle(type, await acts.ask(answer.setupId).catch(() => undefined))
    }
    settle(type, answer)
  }

  /** An account for pre-authorized debits. Whoever closes the window has agreed to nothing, and may press again. */
  async function sendPad(stripe: Stripe, agreed: AgreedOrder) {
    if (isBusy.current) return
    begin()
    const wish = { setupId: setupId.current, debit: 'acss_debit', agreed } as const
    const answer = await acts.save(wish).catch(() => undefined)
    if (!answer?.ok || answer.state !== 'agreement' || answer.clientSecret === undefined)
      return settle('acss_debit', answer)
    sayStatus(words.padNext)
    const payer = { name: facts.clientName, email: facts.email }
    const said = await agreeToDebits(stripe, answer.clientSecret, payer)
    const after = await acts.ask(answer.setupId).catch(() => undefined)
    if (said.is === 'open' && (after === undefined || (after.ok && after.state === 'agreement')))
      return end(said.reason ?? words.padClosed)
    settle('acss_debit', after)
  }

  function settle(type: WayType, answer: SetupResult | undefined) {
    // A refusal ends this wish: the next press is another.
    if (answer !== undefined && !answer.ok) {
      setupId.current = crypto.randomUUID()
      return end(answer.reason)
    }
    end()
    if (answer?.state === 'saved')
      return done({ is: 'saved', text: type === 'card' ? words.savedCard : words.savedBank })
    if (answer?.state === 'deposits') return done({ is: 'waiting', text: words.deposits })
    done({ is: 'waiting', text: words.unknown })
  }

  return { isSending, refused, send, sendPad }
}
