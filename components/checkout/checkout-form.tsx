'use client'

import { type FormEvent, lazy, Suspense, useState } from 'react'
import { buttonLook } from '@/components/ui/button-look'
import { Notice } from '@/components/ui/notice'
import { TextField } from '@/components/ui/text-field'
import { formatMoney } from '@/lib/money/format'
import { money } from '@/lib/money/money'
import type { CheckoutActions, CheckoutFacts, Go, Way, WayType } from './checkout'
import { FieldsBlocked } from './fields-blocked'
import { fill } from './fill'
import { firstOffered } from './first-offered'
import { focusFirst } from './focus-first'
import { invoicesIn } from './invoices-in'
import { isAddress } from './is-address'
import { MethodChoice } from './method-choice'
import { canWait, orderOf } from './order-state'
import { OrderSums } from './order-sums'
import { sayStatus } from './payment-status'
import { RefusalNotice } from './refusal-notice'
import { forwardOf, refusalWords } from './refusal-words'
import { ReplaceChoice } from './replace-choice'
import { SaveChoice } from './save-choice'
import { SavedMethods } from './saved-methods'
import { SingleOrder } from './single-order'
import type { UsedOrder } from './use-order'
import { usePayment } from './use-payment'
import { useSaving } from './use-saving'
import { useStripeFields } from './use-stripe-fields'
import { WhenChoice } from './when-choice'

/** Not needed before Stripe’s own script is there. */
const StripeFields = lazy(() => import('./stripe-fields').then((module) => ({ default: module.StripeFields })))

const emailId = 'receipt-email'

type Props = { facts: CheckoutFacts; used: UsedOrder; actions: CheckoutActions; go: Go }

/**
 * The payment form: one choice, Stripe’s fields, an address, one button that names the act and the sum. Amount and
 * button are in the server’s HTML; without scripts the button leads to what else can be done.
 */
export function CheckoutForm({ facts, used, actions, go }: Props) {
  const { words, ways, currency, locale, saved, saving: savingFacts } = facts
  const [first] = ways
  const firstSaved = firstOffered(saved, used.planned)
  // Until somebody chooses, what is offered first follows the invoices that are ticked.
  const [picked, setPicked] = useState<{ id: string | undefined }>()
  const chosenId = picked === undefined ? firstSaved?.id : picked.id
  const [chosen, setChosen] = useState<WayType>(first?.type ?? 'card')
  const [opened, setOpened] = useState<readonly WayType[]>(firstSaved === undefined ? [chosen] : [])
  const saving = useSaving(savingFacts)
  const [email, setEmail] = useState(facts.receiptEmail)
  const [isEmailWrong, setEmailWrong] = useState(false)
  const stripe = useStripeFields(facts)
  const payment = usePayment(facts, actions, go, used.forget)
  const method = saved.find(({ id }) => id === chosenId)
  const way = method ?? ways.find(({ type }) => type === chosen)
  const isSending = payment.phase !== 'idle'
  const { when, scheduled } = facts
  const [runOn, setRunOn] = useState<string>()
  const [replacing, setReplacing] = useState<'no' | 'yes' | 'missing'>('no')
  const plan = used.planned.ok ? used.planned.plan : undefined
  const isCovered = plan?.chargeMinor === 0n
  /** What is typed and may be saved can wait for a date too. */
  const typed =
    method === undefined && chosen !== 'acss_debit' && savingFacts?.isOffered && actions.scheduleTyped !== undefined
      ? chosen
      : undefined
  const [isUnsaved, setUnsaved] = useState(false)
  const mayWait = when !== undefined && plan !== undefined && canWait(plan, BigInt(when.creditMinor))
  const date = mayWait ? runOn : undefined
  const totalOf = (one: Pick<Way, 'surchargeMinor'>) =>
    formatMoney(money((plan?.chargeMinor ?? 0n) + BigInt(one.surchargeMinor), currency), locale)
  const saying = (sentence: string, one: Pick<Way, 'surchargeMinor'>) =>
    fill(sentence, { amount: totalOf(one), invoices: invoicesIn(facts, plan) })

  function choose(type: WayType) {
    setPicked({ id: undefined })
    setChosen(type)
    setOpened((before) => (before.includes(type) ? before : [...before, type]))
    const one = ways.find((other) => other.type === type)
    sayStatus(one && saying(one.announcement, one))
  }

  function chooseSaved(id: string) {
    setPicked({ id })
    const one = saved.find((other) => other.id === id)
    sayStatus(one && saying(one.announcement, one))
  }

  async function submit(event: FormEvent) {
    event.preventDefault()
    used.setPressed(true)
    const isWrong = !isAddress(email)
    setEmailWrong(isWrong)
    const order = orderOf(facts, used.state)
    if (order === undefined || isWrong) return focusFirst(emailId)
    if (scheduled !== undefined && replacing !== 'yes') {
      setReplacing('missing')
      return document.getElementById('replace-scheduled')?.focus()
    }
    const wanted = { ...order, ...(scheduled === undefined ? {} : { replacesScheduled: true }) }
    if (isCovered) return payment.payCovered(chosen, email.trim(), wanted)
    if (method !== undefined && date !== undefined) return payment.setFor(method, date, email.trim(), order)
    if (date !== undefined) return setForTyped(date, order)
    if (method !== undefined) return payment.paySaved(method, email.trim(), wanted, stripe.stripe)
    if (chosen === 'acss_debit') return payDebit(wanted)
    const fields = stripe.fieldsOf(chosen)
    if (fields !== undefined && stripe.stateOf(chosen) === 'ready')
      await payment.pay(chosen, email.trim(), { ...wanted, ...saving.agreedOrder(chosen) }, fields)
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
      {payment.changes.length > 0 && (
        <Notice tone="warn" role="alert" title={words.changed}>
          {payment.changes.map((line) => (
            <p key={line}>{line}</p>
          ))}
        </Notice>
      )}
      {payment.refused !== undefined && (
        <RefusalNotice
          {...refusalWords(payment.refused, facts)}
          forward={forwardOf(payment.refused, facts, totalOf, {
            turnTo,
            again: (type) => void payAgain(type),
          })}
        />
      )}
      {facts.order.invoices.length === 1 && <SingleOrder facts={facts} used={used} />}
      {plan !== undefined && (
        <OrderSums facts={facts} plan={plan} surchargeMinor={isCovered ? 0n : BigInt(way.surchargeMinor)} />
      )}
      {scheduled !== undefined && (
        <ReplaceChoice
          facts={scheduled}
          isReplacing={replacing === 'yes'}
          setReplacing={(is) => setReplacing(is ? 'yes' : 'no')}
          isMissing={replacing === 'missing'}
        />
      )}
      {isCovered ? (
        <p className="text-text-2">{words.coveredNote}</p>
      ) : (
        <MethodChoice
          legend={words.method}
          ways={ways.map((one) => ({ ...one, total: totalOf(one) }))}
          chosen={method?.id ?? chosen}
          choose={choose}
          before={<SavedMethods saved={saved} chosen={method?.id ?? chosen} choose={chooseSaved} totalOf={totalOf} />}
          body={(type) => {
            if (type === 'acss_debit')
              return stripe.isBlocked ? (
                <FieldsBlocked text={words.fieldsBlocked} again={words.loadAgain} />
              ) : (
                <>
                  <p className="text-sm text-text-2">{words.padNext}</p>
                  {savingFacts?.isOffered === true && saveChoice(type)}
                </>
              )
            const state = stripe.stateOf(type)
            if (state === 'blocked' && type !== chosen) return null
            if (state === 'blocked') return <FieldsBlocked text={words.fieldsBlocked} again={words.loadAgain} />
            return (
              <>
                <div className="fields-room" data-way={type} data-is={state}>
                  {state === 'loading' && (
                    <p className="py-2 text-sm text-text-2 [@media(scripting:none)]:hidden">{words.fieldsLoading}</p>
                  )}
                  {stripe.stripe !== undefined && stripe.appearance !== undefined && opened.includes(type) && (
                    <Suspense>
                      <StripeFields
                        stripe={stripe.stripe}
                        type={type}
                        facts={facts}
                        {...(date === undefined ? { amountMinor: Number(plan?.chargeMinor ?? 0n) } : {})}
                        appearance={stripe.appearance}
                        isSaved={saving.isAgreed(type)}
                        debitFree={words.debitFree}
                        onFields={stripe.onFields}
                        onReady={() => stripe.onReady(type)}
                        onFail={stripe.onFail}
                      />
                    </Suspense>
                  )}
                </div>
                {savingFacts?.isOffered === true && (
                  <div className="[@media(scripting:none)]:hidden">{saveChoice(type)}</div>
                )}
              </>
            )
          }}
        />
      )}
      {mayWait && (
        <WhenChoice
          facts={when}
          on={runOn}
          setOn={setRunOn}
          saved={method?.type ?? typed}
          saving={typed === undefined || saving.isAgreed(typed) ? 'agreed' : isUnsaved ? 'missing' : 'open'}
        />
      )}
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
          {isSending ? words.sending : when !== undefined && date !== undefined ? when.words.button : buttonText()}
        </button>
        {!isCovered && (
          // An agreement in full is text to be read; the others are a line or two that belong to the button.
          <p className={`text-sm text-text-2 ${way.type === 'acss_debit' ? 'leading-5' : 'text-balance text-center'}`}>
            {payment.phase === 'lost'
              ? words.lost
              : when !== undefined && date !== undefined
                ? when.words.agreement
                : plan !== undefined && saying(way.agreement, way)}
          </p>
        )}
      </div>
    </form>
  )

  function saveChoice(type: WayType) {
    return (
      savingFacts !== undefined && (
        <SaveChoice
          type={type}
          facts={savingFacts}
          holder={saving.holder}
          setHolder={saving.setHolder}
          isAgreed={saving.isAgreed(type)}
          setAgreed={(is) => saving.setAgreed(type, is)}
        />
      )
    )
  }

  function buttonText(): string {
    if (plan === undefined || way === undefined) return words.title
    if (!isCovered) return saying(way.button, way)
    return fill(words.covered, { amount: formatMoney(money(plan.creditMinor, currency), locale) })
  }

  /** Another way, or the same with other details: the fields get the focus, cleared if they were the refused ones. */
  function turnTo(one: Way, isSame: boolean) {
    choose(one.type)
    const element = stripe.fieldsOf(one.type)?.elements.getElement('payment')
    if (isSame) element?.clear()
    element?.focus()
  }

  /** A date needs something saved. What is typed is saved by the same press, where its authorization is agreed to. */
  async function setForTyped(on: string, order: Parameters<typeof payment.setTyped>[3]) {
    if (typed === undefined) return
    setUnsaved(!saving.isAgreed(typed))
    const fields = stripe.fieldsOf(typed)
    if (fields !== undefined && saving.isAgreed(typed))
      await payment.setTyped(typed, on, email.trim(), { ...order, ...saving.agreedOrder(typed) }, fields)
  }

  async function payDebit(wanted: Parameters<typeof payment.payDebit>[2]) {
    if (stripe.stripe === undefined) return
    await payment.payDebit(
      'acss_debit',
      email.trim(),
      { ...wanted, ...saving.agreedOrder('acss_debit') },
      stripe.stripe,
    )
  }

  async function payAgain(type: WayType) {
    const fields = stripe.fieldsOf(type)
    const order = orderOf(facts, used.state)
    setChosen(type)
    if (order === undefined) return
    const wanted = { ...order, ...(scheduled === undefined ? {} : { replacesScheduled: true }) }
    if (method !== undefined) return payment.paySaved(method, email.trim(), wanted, stripe.stripe)
    if (type === 'acss_debit') return payDebit(wanted)
    if (fields !== undefined) await payment.pay(type, email.trim(), { ...wanted, ...saving.agreedOrder(type) }, fields)
  }
}
