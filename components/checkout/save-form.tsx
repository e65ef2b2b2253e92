'use client'

import { type FormEvent, lazy, Suspense, useState } from 'react'
import { buttonLook } from '@/components/ui/button-look'
import { Notice } from '@/components/ui/notice'
import type { CheckoutTerms } from '@/lib/payments/checkout-terms'
import type { MethodType } from '@/lib/payments/method'
import type { SetupResult } from '@/lib/payments/setup-result'
import { SaveChoice } from './save-choice'
import { SaveType } from './save-type'
import type { AgreedOrder, SavingFacts } from './saving'
import { useSaving } from './use-saving'
import { useSetup } from './use-setup'
import { useStripeFields } from './use-stripe-fields'

const StripeFields = lazy(() => import('./stripe-fields').then((module) => ({ default: module.StripeFields })))

export type SaveFormFacts = {
  terms: CheckoutTerms
  locale: string
  currency: string
  businessName: string
  clientName: string
  types: MethodType[]
  setupId: string
  email: string
  saving: SavingFacts
  words: Record<SaveWord, string>
}
export type SaveWord =
  | 'what'
  | 'bank'
  | 'bankSub'
  | 'pad'
  | 'padNext'
  | 'padClosed'
  | 'card'
  | 'cardSub'
  | 'saveBank'
  | 'saveCard'
  | 'saving'
  | 'checking'
  | 'mustAgree'
  | 'mustSay'
  | 'savedCard'
  | 'savedBank'
  | 'deposits'
  | 'unknown'
  | 'fieldsLoading'
  | 'fieldsBlocked'

/** What is to be saved: what was typed, or an account that is chosen and agreed to in Stripe’s own window. */
export type SaveWishFacts = { setupId: string; agreed: AgreedOrder } & (
  | { confirmationTokenId: string }
  | { debit: 'acss_debit' }
)

export type SaveActs = {
  save: (wish: SaveWishFacts) => Promise<SetupResult>
  ask: (setupId: string) => Promise<SetupResult>
}

/** What came of it: saved, or on its way with something left to do or to wait for. */
export type Saved = { is: 'saved' | 'waiting'; text: string }

type Props = { facts: SaveFormFacts; done: (saved: Saved) => void } & SaveActs

/** What to save, Stripe’s fields, the authorization in full with its box, and one button that names the act. */
export function SaveForm({ facts, save, ask, done }: Props) {
  const { words, types } = facts
  const [type, setType] = useState<MethodType>(types[0] ?? 'card')
  const [missing, setMissing] = useState<'holder' | 'box'>()
  const saving = useSaving(facts.saving)
  const stripe = useStripeFields(facts)
  const setup = useSetup(facts, { save, ask }, done)
  const state = stripe.stateOf(type)

  async function submit(event: FormEvent) {
    event.preventDefault()
    const isUnsaid = type === 'us_bank_account' && saving.holder === undefined
    const lacks = isUnsaid ? 'holder' : saving.isAgreed(type) ? undefined : 'box'
    setMissing(lacks)
    const { agreed } = saving.agreedOrder(type)
    if (lacks !== undefined || agreed === undefined) return
    if (type === 'acss_debit') return stripe.stripe && setup.sendPad(stripe.stripe, agreed)
    const fields = stripe.fieldsOf(type)
    if (fields !== undefined) await setup.send(type, fields, agreed)
  }

  return (
    <form noValidate aria-busy={setup.isSending} onSubmit={(event) => void submit(event)} className="grid gap-5">
      {setup.refused !== undefined && (
        <Notice tone="bad" role="alert">
          {setup.refused}
        </Notice>
      )}
      {missing === 'holder' && (
        <Notice tone="bad" role="alert">
          {words.mustSay}
        </Notice>
      )}
      {types.length > 1 && <SaveType words={words} types={types} chosen={type} choose={setType} />}
      {types.map((one) => (
        <div key={one} hidden={one !== type}>
          {state === 'blocked' && <Notice tone="warn">{words.fieldsBlocked}</Notice>}
          {one === 'acss_debit' && <p className="text-sm text-text-2">{words.padNext}</p>}
          {state === 'loading' && one !== 'acss_debit' && (
            <p className="py-2 text-sm text-text-2">{words.fieldsLoading}</p>
          )}
          {one !== 'acss_debit' && stripe.stripe !== undefined && stripe.appearance !== undefined && (
            <Suspense>
              <StripeFields
                stripe={stripe.stripe}
                type={one}
                facts={facts}
                appearance={stripe.appearance}
                isSaved
                onFields={stripe.onFields}
                onReady={() => stripe.onReady(one)}
                onFail={stripe.onFail}
              />
            </Suspense>
          )}
          <SaveChoice
            isAlone
            type={one}
            facts={facts.saving}
            holder={saving.holder}
            setHolder={saving.setHolder}
            isAgreed={saving.isAgreed(one)}
            setAgreed={(is) => saving.setAgreed(one, is)}
            error={missing === 'box' ? words.mustAgree : undefined}
          />
        </div>
      ))}
      <button type="submit" aria-disabled={setup.isSending} className={buttonLook('primary', 'block')}>
        {setup.isSending ? words.saving : type === 'card' ? words.saveCard : words.saveBank}
      </button>
    </form>
  )
}
