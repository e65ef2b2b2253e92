// The product, charging: what a worker does with attempts, without the queue around it.
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { mapBounded } from '@/lib/connectors/map-bounded'
import { chargeAttempt } from '@/lib/payments/charge-attempt'
import type { Gateway } from '@/lib/payments/gateway'
import { type Opened, openAttempt } from '@/lib/payments/open-attempt'
import { openGateway } from '@/lib/payments/open-gateway'
import { makeChargingMsp, makeInvoices } from '../ground/charging-msp.ts'
import { beCharger } from './charger.ts'
import { runCharges } from './run-charges.ts'

const { STRIPE_ACCOUNT = '', STRIPE_PUBLISHABLE_KEY = '', STRIPE_API_URL = '' } = process.env
const msp = await makeChargingMsp(STRIPE_ACCOUNT)
const { tenantId } = msp
const gateway: Gateway = await withTenant(tenantId, openGateway)
const actor = { kind: 'system', tenantId, reason: 'bench' } as const
const where = { ip: '127.0.0.1', userAgent: 'bench', locale: 'en-US', origin: 'portal' } as const

beCharger(async ({ count, pace, openedBefore }) => {
  const invoiceIds = await makeInvoices(msp, count)
  const tokens = await mapBounded(invoiceIds, 8, confirmationToken)
  const keys = invoiceIds.map(newId)
  const open = async (at: number): Promise<Extract<Opened, { do: 'charge' }>> => {
    const order = {
      orderKey: keys[at] ?? '',
      invoices: [{ invoiceId: invoiceIds[at] ?? '' }],
      confirmationTokenId: tokens[at] ?? '',
    }
    const opened = await withTenant(tenantId, (tx) => openAttempt(tx, actor, order, where, gateway.account))
    if (opened.do !== 'charge') throw new Error(`not opened: ${JSON.stringify(opened)}`)
    return opened
  }
  const opened = openedBefore ? await mapBounded([...keys.keys()], 8, open) : []
  return () =>
    runCharges(keys, pace, async (attemptId, at) => {
      const { amount, description } = opened[at] ?? (await open(at))
      const confirmationTokenId = tokens[at] ?? ''
      const answer = await chargeAttempt(gateway, { attemptId, tenantId, amount, confirmationTokenId, description })
      return typeof answer === 'object' && answer.status === 'succeeded'
    })
})

/** As Stripe's script makes it in the browser, from a card. The stand-in of this folder takes any. */
async function confirmationToken(): Promise<string> {
  if (STRIPE_PUBLISHABLE_KEY === '') return 'ctoken_bench'
  const response = await fetch(`${STRIPE_API_URL}/v1/confirmation_tokens`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${STRIPE_PUBLISHABLE_KEY}`,
      'stripe-account': STRIPE_ACCOUNT,
      'stripe-version': '2026-10-28.endive',
    },
    body: new URLSearchParams({
      'payment_method_data[type]': 'card',
      'payment_method_data[card][number]': '4242424242424242',
      'payment_method_data[card][exp_month]': '12',
      'payment_method_data[card][exp_year]': '2034',
      'payment_method_data[card][cvc]': '123',
    }),
  })
  const { id } = (await response.json()) as { id?: string }
  if (id === undefined) throw new Error(`no confirmation token: ${response.status}`)
  return id
}
