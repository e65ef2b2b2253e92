'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { requireFreshStaff, requireStaff } from '@/lib/access/require-staff'
import { beginOnboarding, connectWithKey, disconnectStripe, finishOnboarding } from '@/lib/payments/connect-stripe'
import { getShell } from '@/lib/reports/shell'
import { orNotFound } from '../../or-not-found'
import type { ConnectState } from '../connect-form'
import { problemsOf, typedIn } from '../form-answer'

const here = '/console/connections/stripe'
const Form = z.object({
  secretKey: z
    .string()
    .trim()
    .regex(/^(rk|sk)_(test|live)_\w+$/, 'A restricted key starts with rk_live_ or rk_test_'),
  publishableKey: z
    .string()
    .trim()
    .regex(/^pk_(test|live)_\w+$/, 'A publishable key starts with pk_live_ or pk_test_'),
})

const kept = ['publishableKey']

export async function connectStripeKey(_: ConnectState, form: FormData): Promise<ConnectState> {
  const actor = await requireFreshStaff(here)
  const asked = Form.safeParse(Object.fromEntries(form))
  if (!asked.success) return { fields: problemsOf(asked.error), kept: typedIn(form, kept) }
  const answer = await connectWithKey(actor, asked.data)
  if (!answer.ok) return { refused: answer.reason, kept: typedIn(form, kept) }
  redirect(`${here}?said=connected`)
}

export async function beginStripe(): Promise<void> {
  const actor = await requireFreshStaff(here)
  const { tenantName, staffEmail } = await getShell(actor)
  const begun = await orNotFound(beginOnboarding(actor, { name: tenantName, email: staffEmail, country: 'US' }))
  redirect(begun.ok ? begun.url : `${here}?said=waiting`)
}

export async function checkStripe(): Promise<void> {
  await finishOnboarding(await requireStaff())
  redirect(`${here}?said=checked`)
}

export async function disconnectFromStripe(): Promise<void> {
  const answer = await orNotFound(disconnectStripe(await requireFreshStaff(here)))
  redirect(answer.ok ? '/console/connections' : `${here}?said=waiting`)
}
