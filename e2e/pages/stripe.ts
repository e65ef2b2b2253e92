import { stack } from '../support/stack.ts'
import { ask } from './ask.ts'
import { windBankingDays } from './clock.ts'

export type StripeCharge = {
  id: string
  paymentIntent: string
  amount: number
  amountRefunded: number
  status: 'succeeded' | 'pending' | 'failed'
}

const stripe = (path: string) => `${stack().urls.stripe}/_sandbox/${path}`

/** Every charge of this sum that moved money or is moving it: what the stand-in knows to be true. */
export async function chargesOf(cents: number): Promise<StripeCharge[]> {
  const charges = await ask<StripeCharge[]>(stripe('charges'))
  return charges.filter(({ amount, status }) => amount === cents && status !== 'failed')
}

/** A sum near this one that was never charged: a journey knows its own charges by their sum. */
export async function sumNear(cents: number): Promise<number> {
  const taken = new Set((await ask<StripeCharge[]>(stripe('charges'))).map(({ amount }) => amount))
  let sum = cents
  while (taken.has(sum)) sum += 1
  return sum
}

/** The one charge of this sum. @throws Error when there is none, or more */
export async function theChargeOf(cents: number): Promise<StripeCharge> {
  const [charge, ...others] = await chargesOf(cents)
  if (charge === undefined || others.length > 0) throw new Error(`${others.length + 1} charges of ${cents}, not one`)
  return charge
}

/** Winds banking day by banking day until the bank has decided on this sum's debit. @returns whether it cleared */
export async function windUntilDecided(cents: number): Promise<boolean> {
  for (let days = 0; days < 8; days += 1) {
    const [charge] = await chargesOf(cents)
    if (charge?.status !== 'pending') return charge !== undefined
    await windBankingDays(1)
  }
  throw new Error(`Nobody decided on the debit of ${cents} in eight banking days`)
}

/** The bank sends a debit back: while it clears, or long after it counted as paid. */
export async function returnDebit(cents: number, code = 'R01'): Promise<void> {
  const { id } = await theChargeOf(cents)
  await ask(stripe(`return/${id}`), { code })
}

/** What Stripe's script makes of a card in the payer's browser. */
export async function cardToken(number: string): Promise<string> {
  const { publishableKey, account } = stack().services.stripe
  const response = await fetch(`${stack().urls.stripe}/v1/confirmation_tokens`, {
    method: 'POST',
    headers: {
      ...{ authorization: `Bearer ${publishableKey}`, 'stripe-account': account },
      'stripe-version': '2026-10-28.endive',
    },
    body: new URLSearchParams({
      'payment_method_data[type]': 'card',
      'payment_method_data[card][number]': number,
      'payment_method_data[card][exp_month]': '12',
      'payment_method_data[card][exp_year]': '2034',
      'payment_method_data[card][cvc]': '123',
    }),
  })
  const made = (await response.json()) as { id?: string; error?: { message: string } }
  if (made.id === undefined) throw new Error(made.error?.message ?? `The card was answered ${response.status}`)
  return made.id
}

type Spoilt = { kind: string; match: string }

/** Which calls the stand-in spoils, and what becomes of its webhooks. Without arguments all is well again. */
export async function setStripeFaults(rules: Spoilt[] = [], webhooks: 'as-usual' | 'lost' = 'as-usual'): Promise<void> {
  await ask(`${stack().urls.page}/faults/stripe`, { rules, webhooks })
}
