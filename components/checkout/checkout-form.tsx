'use client'

import { type FormEvent, lazy, Suspense, useState } from 'react'
import { buttonLook } from '@/components/ui/button-look'
import { Notice } from '@/components/ui/notice'
import { TextField } from '@/components/ui/text-field'
import type { CheckoutActions, CheckoutFacts, Go, Way, WayType } from './checkout'
import { MethodChoice } from './method-choice'
import { sayStatus } from './payment-status'
import { type Forward, RefusalNotice } from './refusal-notice'
import { ReplaceChoice } from './replace-choice'
import { SaveChoice } from './save-choice'
import { SavedMethods } from './saved-methods'
import { type Refused, usePayment } from './use-payment'
import { useSaving } from './use-saving'
import { useStripeFields } from './use-stripe-fields'
import { WhenChoice } from './when-choice'

/** Not needed before Stripe’s own script is there. */
const StripeFields = lazy(() => import('./stripe-fields').then((module) => ({ default: module.StripeFields })))

const emailId = 'receipt-email'

type Props = { facts: CheckoutFacts; actions: CheckoutActions; go: Go }

/**
 * The payment form: one choice, Stripe’s fields, an address, one button that names the act and the sum. Amount and
 * button are in the server’s HTML; without scripts the button leads to what else can be done.
 */
export function CheckoutForm({ facts, actions, go }: Props) {
  const { words, ways, saved, saving: savingFacts } = facts
  const [first] = ways
  const firstSaved = saved.find(({ problem }) => problem === undefined)
  const [chosenId, setChosenId] = useState(firstSaved?.id)
  const [chosen, setChosen] = useState<WayType>(first?.type ?? 'card')
  const [opened, setOpened] = useState<readonly WayType[]>(firstSaved === undefined ? [chosen] : [])
  const saving = useSaving(savingFacts)
  const [email, setEmail] = useState(facts.receiptEmail)
  const [isEmailWrong, setEmailWrong] = useState(false)
  const stripe = useStripeFields(facts)
  const payment = usePayment(facts, actions, go)
  const method = saved.find(({ id }) => id === chosenId)
  const way = method ?? ways.find(({ type }) => type === chosen)
  const isSending = payment.phase !== 'idle'
  const { when, scheduled } = facts
  const [runOn, setRunOn] = useState<string>()
  const [replacing, setReplacing] = useState<'no' | 'yes' | 'missing'>('no')

  function choose(type: WayType) {
    setChosenId(undefined)
    setChosen(type)
    setOpened((before) => (before.includes(type) ? before : [...before, type]))
    sayStatus(ways.find((one) => one.type === type)?.announcement)
  }

  function chooseSaved(id: string) {
    setChosenId(id)
    sayStatus(saved.find((one) => one.id === id)?.announcement)
  }

  async function submit(event: FormEvent) {
    event.preventDefault()
    const isWrong = !isAddress(email)
    setEmailWrong(isWrong)
    if (isWrong) return document.getElementById(emailId)?.focus()
    if (scheduled !== undefined && replacing !== 'yes') {
      setReplacing('missing')
      return document.getElementById('replace-scheduled')?.focus()
    }
    const replaces = scheduled === undefined ? {} : { replacesScheduled: true }
    if (method !== undefined && runOn !== undefined) return payment.setFor(method, runOn, email.trim())
    // A date needs something saved: the form says so, and leads to where it is done.
    if (runOn !== undefined) return
    if (method !== undefined) return payment.paySaved(method, email.trim(), stripe.stripe, replaces)
    const fields = stripe.fieldsOf(chosen)
    if (fields !== undefined && stripe.stateOf(chosen) === 'ready')
      await payment.pay(chosen, email.trim(), fields, { ...saving.agreedOrder(chosen), ...replaces })
  }

  if (way === undefined) return null
  return (
    <form
      method="get"
      action="#other-ways"
      noValidate
      aria-busy={isSending}
      onSubmit={(event) => void submit(event)}
      className="grid gap-5"
    >
      {payment.refused !== undefined && (
        <RefusalNotice {...refusalWords(payment.refused, facts)} forward={forwardOf(payment.refused)} />
      )}
      {scheduled !== undefined && (
        <ReplaceChoice
          facts={scheduled}
          isReplacing={replacing === 'yes'}
          setReplacing={(is) => setReplacing(is ? 'yes' : 'no')}
          isMissing={replacing === 'missing'}
        />
      )}
      <MethodChoice
        legend={words.method}
        ways={ways}
        chosen={method?.id ?? chosen}
        choose={choose}
        before={<SavedMethods saved={saved} chosen={method?.id ?? chosen} choose={chooseSaved} />}
        body={(type) => {
          const state = stripe.stateOf(type)
          if (state === 'blocked' && type !== chosen) return null
          if (state === 'blocked') return <Blocked text={words.fieldsBlocked} again={words.loadAgain} />
          return (
            <div className="min-h-40">
              {state === 'loading' && (
                <p className="py-2 text-sm text-text-2 [@media(scripting:none)]:hidden">{words.fieldsLoading}</p>
              )}
              {stripe.stripe !== undefined && stripe.appearance !== undefined && opened.includes(type) && (
                <Suspense>
                  <StripeFields
                    stripe={stripe.stripe}
                    type={type}
                    facts={facts}
                    amountMinor={facts.amountMinor}
                    appearance={stripe.appearance}
                    isSaved={saving.isAgreed(type)}
                    onFields={stripe.onFields}
                    onReady={() => stripe.onReady(type)}
                    onFail={stripe.onFail}
                  />
                </Suspense>
              )}
              {savingFacts !== undefined && state === 'ready' && (
                <SaveChoice
                  type={type}
                  facts={savingFacts}
                  holder={saving.holder}
                  setHolder={saving.setHolder}
                  isAgreed={saving.isAgreed(type)}
                  setAgreed={(is) => saving.setAgreed(type, is)}
                />
              )}
            </div>
          )
        }}
      />
      {when !== undefined && <WhenChoice facts={when} on={runOn} setOn={setRunOn} saved={method?.type} />}
      <TextField
        id={emailId}
        label={words.email}
        type="email"
        autoComplete="email"
        value={email}
        onChange={(event) => setEmail(event.target.value)}
        onBlur={() => setEmailWrong(email !== '' && !isAddress(email))}
        error={isEmailWrong ? words.emailWrong : undefined}
      />
      <div className="grid gap-3">
        <button type="submit" aria-disabled={isSending} className={buttonLook('primary', 'block')}>
          {isSending ? words.sending : when !== undefined && runOn !== undefined ? when.words.button : way.button}
        </button>
        <p className="text-balance text-center text-sm text-text-2">
          {payment.phase === 'lost'
            ? words.lost
            : when !== undefined && runOn !== undefined
              ? when.words.agreement
              : way.agreement}
        </p>
      </div>
    </form>
  )

  function forwardOf(refused: Refused): Forward[] {
    if (!refused.isDecline) return []
    const again: Forward = {
      ...{ key: 'again', name: words.tryAgain, sub: words.tryAgainSub, button: words.tryAgain },
      ...{ isBest: false, act: () => void payAgain(refused.way) },
    }
    const others = ways.map((one): Forward => {
      const isSame = one.type === refused.way
      return {
        key: one.type,
        name: isSame ? one.chooseOther : one.choose,
        sub: one.total,
        button: words.choose,
        isBest: !isSame,
        act: () => turnTo(one, isSame),
      }
    })
    const [best, rest] = [others.filter(({ isBest }) => isBest), others.filter(({ isBest }) => !isBest)]
    return [...best, ...rest, again]
  }

  /** Another way, or the same with other details: the fields get the focus, cleared if they were the refused ones. */
  function turnTo(one: Way, isSame: boolean) {
    choose(one.type)
    const element = stripe.fieldsOf(one.type)?.elements.getElement('payment')
    if (isSame) element?.clear()
    element?.focus()
  }

  async function payAgain(type: WayType) {
    const replaces = scheduled === undefined ? {} : { replacesScheduled: true }
    if (method !== undefined) return payment.paySaved(method, email.trim(), stripe.stripe, replaces)
    const fields = stripe.fieldsOf(type)
    setChosen(type)
    if (fields !== undefined)
      await payment.pay(type, email.trim(), fields, { ...saving.agreedOrder(type), ...replaces })
  }
}

function refusalWords(refused: Refused, { ways, words }: CheckoutFacts) {
  const way = ways.find(({ type }) => type === refused.way)
  return {
    title: way?.notCharged ?? '',
    reason: afterTitle(refused.reason, way?.notCharged ?? ''),
    notes: refused.isDecline ? [words.stillOpen, ...(refused.way === 'card' ? [words.pending] : [])] : [],
    heading: words.ways,
  }
}

/** “Your card was not charged: there was not enough credit.” under a heading that has said the first half. */
function afterTitle(reason: string, title: string): string {
  if (title === '' || !reason.startsWith(title)) return reason
  const rest = reason.slice(title.length).replace(/^[\s.:]+/, '')
  return rest.charAt(0).toUpperCase() + rest.slice(1)
}

function Blocked({ text, again }: { text: string; again: string }) {
  return (
    <Notice tone="warn" role="alert">
      <p>{text}</p>
      <button type="button" onClick={() => location.reload()} className="py-1 font-medium text-brand-text underline">
        {again}
      </button>
    </Notice>
  )
}

/** Enough to catch a slip; whether it arrives, only the mail can say. */
function isAddress(text: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text.trim())
}
