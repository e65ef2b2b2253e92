'use client'

import type { Stripe } from '@stripe/stripe-js'
import { useEffect, useRef, useState } from 'react'
import type { NextStep } from '@/lib/payments/result'
import type { ScheduleResult, TypedSchedule } from '@/lib/payments/schedule-result'
import { type Agreement, agreeToDebit } from './agree-to-debit'
import type { CheckoutActions, CheckoutFacts, Go, OrderFacts, PayAnswer, PayOrder, WayType } from './checkout'
import { changesOf } from './order-state'
import { sayStatus } from './payment-status'
import type { SavedWay } from './saving'
import type { Fields } from './stripe-fields'

export type Refused = { way: WayType; reason: string; next: NextStep; isDecline: boolean }
/** `lost`: the answer did not reach us; the page asks until it knows, and never says “try again” before. */
export type Phase = 'idle' | 'sending' | 'lost'

type Dated = Pick<PayOrder, 'shown' | 'creditMinor'>
type Wanted = Pick<PayOrder, 'shown' | 'creditMinor' | 'keptMinor' | 'agreed' | 'replacesScheduled'>

const askEveryMs = 3_000
const lostForMs = 30_000

/**
 * From the press of the button to the outcome. Whatever happens in between, one order key is charged once.
 * @param onPlaced once the order stands: what was typed for it is not what the next one begins with
 */
export function usePayment(facts: CheckoutFacts, actions: CheckoutActions, go: Go, onPlaced: () => void) {
  const [phase, setPhase] = useState<Phase>('idle')
  const [refused, setRefused] = useState<Refused>()
  /** What the page showed when the server knew better. */
  const [before, setBefore] = useState<OrderFacts>()
  const orderKey = useRef(facts.orderKey)
  const isBusy = useRef(false)

  useEffect(() => {
    if (phase !== 'lost') return
    const asking = setInterval(() => go.reload(), askEveryMs)
    // The order may never have reached the server. Pressing again is safe then: the key is the same.
    const ending = setTimeout(() => end(), lostForMs)
    return () => {
      clearInterval(asking)
      clearTimeout(ending)
    }
  })

  function end(next?: Refused) {
    isBusy.current = false
    setPhase('idle')
    setRefused(next)
    sayStatus(undefined)
  }

  /** Sets the payment for a date: nothing is charged today. */
  async function setFor({ id, type }: SavedWay, runOn: string, email: string, order: Dated) {
    if (isBusy.current || actions.schedule === undefined) return
    begin(facts.when?.words.setting ?? facts.words.sending)
    const dated = { runOn, receiptEmail: email, ...partsOf(order) }
    const answer = actions.schedule({ scheduleId: orderKey.current, methodId: id, ...dated })
    settleDate(await answer.catch(() => undefined), type)
  }

  /** The same with what is typed: one press saves it and sets the payment. */
  async function setTyped(way: WayType, runOn: string, email: string, order: Wanted, fields: Fields) {
    const { agreed } = order
    if (isBusy.current || actions.scheduleTyped === undefined || agreed === undefined) return
    begin(facts.when?.words.setting ?? facts.words.sending)
    const confirmationTokenId = await tokenOf(way, email, fields)
    if (confirmationTokenId === undefined) return
    const dated = { runOn, receiptEmail: email, ...partsOf(order) }
    const sent = actions.scheduleTyped({ setupId: orderKey.current, confirmationTokenId, agreed, ...dated })
    const answer = await sent.catch(() => undefined)
    if (!answer?.ok || answer.state === 'set') return settleDate(answer, way)
    sayStatus(facts.words.confirming)
    await fields.stripe.handleNextAction({ clientSecret: answer.clientSecret })
    settleDate(await actions.refreshTyped?.(answer.setupId).catch(() => undefined), way)
  }

  function settleDate(answer: ScheduleResult | TypedSchedule | undefined, way: WayType) {
    if (answer === undefined) return setPhase('lost')
    if (answer.ok) return 'scheduleId' in answer ? go.toScheduled?.(answer.scheduleId) : setPhase('lost')
    orderKey.current = crypto.randomUUID()
    end({ way, reason: answer.reason, next: 'wait', isDecline: false })
    if (answer.because !== 'date' && answer.because !== 'not-saved') go.reload()
  }

  function begin(said: string) {
    isBusy.current = true
    setPhase('sending')
    setRefused(undefined)
    setBefore(undefined)
    sayStatus(said)
  }

  /** Credit pays everything: nothing is charged, so nothing is read. */
  async function payCovered(way: WayType, email: string, wanted: Wanted) {
    if (isBusy.current) return
    begin(facts.words.sending)
    const order = { orderKey: orderKey.current, receiptEmail: email, ...wanted }
    await settle(await actions.pay(order).catch(() => undefined), way, undefined)
  }

  async function pay(way: WayType, email: string, wanted: Wanted, fields: Fields) {
    if (isBusy.current) return
    begin(facts.words.sending)
    const confirmationTokenId = await tokenOf(way, email, fields)
    if (confirmationTokenId === undefined) return
    const order = { orderKey: orderKey.current, confirmationTokenId, receiptEmail: email, ...wanted }
    await settle(await actions.pay(order).catch(() => undefined), way, fields.stripe)
  }

  /** What Stripe makes of what is typed; undefined when something is wrong with it, which is said. */
  async function tokenOf(way: WayType, email: string, { stripe, elements }: Fields): Promise<string | undefined> {
    const { error: incomplete } = await elements.submit()
    if (incomplete) {
      end() // the fields say what is missing, and have the focus
      return undefined
    }
    const { error, confirmationToken } = await stripe.createConfirmationToken({
      elements,
      params: { payment_method_data: { billing_details: { email } }, return_url: location.href },
    })
    if (error) end({ way, reason: error.message ?? '', next: 'other-method', isDecline: true })
    return confirmationToken?.id
  }

  /** A debit that is agreed to in Stripe’s own window, once its payment is made: nothing is typed here. */
  async function payDebit(way: 'acss_debit', email: string, wanted: Wanted, stripe: Stripe) {
    if (isBusy.current) return
    begin(facts.words.sending)
    const order = { orderKey: orderKey.current, debit: way, receiptEmail: email, ...wanted }
    await settle(await actions.pay(order).catch(() => undefined), way, stripe)
  }

  /** The same with something saved before: nothing is typed, so there are no fields to read. */
  async function paySaved(method: SavedWay, email: string, wanted: Wanted, stripe: Stripe | undefined) {
    if (isBusy.current) return
    begin(facts.words.sending)
    const order = { orderKey: orderKey.current, methodId: method.id, receiptEmail: email, ...wanted }
    await settle(await actions.pay(order).catch(() => undefined), method.type, stripe)
  }

  async function settle(answer: PayAnswer | undefined, way: WayType, stripe: Stripe | undefined): Promise<void> {
    if (answer === undefined) {
      setPhase('lost')
      sayStatus(facts.words.lost)
      return
    }
    if (!answer.ok) {
      if (answer.nextOrderKey !== undefined) orderKey.current = answer.nextOrderKey
      end({ way, reason: answer.reason, next: answer.next, isDecline: answer.because === 'declined' })
      // Paid in another tab, changed, void: the page shows how things stand now.
      if (answer.because !== 'declined') {
        setBefore(facts.order)
        go.reload()
      }
      return
    }
    if (answer.state === 'requires_action' && answer.clientSecret !== undefined && stripe !== undefined) {
      if (answer.agreement !== undefined) {
        const { attemptId, clientSecret, agreement } = answer
        return agree(attemptId, way, () => agreeToDebit(stripe, clientSecret, agreement))
      }
      sayStatus(facts.words.confirming)
      await stripe.handleNextAction({ clientSecret: answer.clientSecret })
      const after = await actions.refresh(answer.attemptId).catch(() => undefined)
      return settle(after, way, stripe)
    }
    // The button stays “Sending” until the outcome takes its place.
    onPlaced()
    go.toResult(answer.attemptId)
  }

  /** Whoever closes the window has agreed to nothing: the payment is ended, and another way may be chosen at once. */
  async function agree(attemptId: string, way: WayType, ask: () => Promise<Agreement>): Promise<void> {
    sayStatus(facts.words.padNext)
    const said = await ask()
    const turnsAway = said.is === 'open' && actions.giveUp !== undefined
    const after = await (turnsAway ? actions.giveUp?.(attemptId) : actions.refresh(attemptId))?.catch(() => undefined)
    if (said.is === 'agreed' || after === undefined || after.ok) return settle(after, way, undefined)
    if (after.nextOrderKey !== undefined) orderKey.current = after.nextOrderKey
    end({ way, reason: said.reason ?? facts.words.padClosed, next: 'other-method', isDecline: true })
  }

  const changes = before === undefined ? [] : changesOf(before, facts)
  return {
    ...{ phase, refused: changes.length > 0 ? undefined : refused, changes },
    ...{ pay, payDebit, paySaved, payCovered, setFor, setTyped },
  }
}

function partsOf({ shown, creditMinor }: Dated) {
  return { shown: shown.map(({ invoiceId, minor }) => ({ invoiceId, minor })), creditMinor }
}
