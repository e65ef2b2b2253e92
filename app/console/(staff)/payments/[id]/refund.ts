'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { requireFreshStaff } from '@/lib/access/require-staff'
import { fromDecimal } from '@/lib/money/wire'
import { getAttempt } from '@/lib/payments/queries'
import { refundPayment } from '@/lib/payments/refund-payment'
import { orNotFound } from '../../or-not-found'

const Form = z.object({ id: z.uuid(), amount: z.string().max(20), reason: z.string().trim().max(200) })

/** @returns why it was not refunded; otherwise goes back to the payment */
export async function refund(_: string | undefined, form: FormData): Promise<string | undefined> {
  const asked = Form.safeParse(Object.fromEntries(form))
  const actor = await requireFreshStaff(asked.success ? `/console/payments/${asked.data.id}` : '/console/payments')
  if (!asked.success) return 'Say how much, and why in a few words.'
  const { id, amount, reason } = asked.data
  const { currency } = (await orNotFound(getAttempt(actor, id))).amount
  const amountMinor = minorOf(amount, currency)
  if (amountMinor === undefined) return 'An amount looks like 200.00.'
  const answer = await refundPayment(actor, { attemptId: id, amountMinor, reason })
  if (!answer.ok) return answer.reason
  redirect(`/console/payments/${id}?said=${answer.state === 'waiting' ? 'asked' : 'refunded'}`)
}

function minorOf(text: string, currency: string): bigint | undefined {
  try {
    return fromDecimal(text.replaceAll(/[$,\s]/g, ''), currency, 0).minor
  } catch {
    return undefined
  }
}
