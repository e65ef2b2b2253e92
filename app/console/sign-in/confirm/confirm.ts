'use server'

import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { confirmSignIn } from '@/lib/access/confirm-sign-in'
import { readCookie } from '@/lib/access/cookies'
import { typedCode } from '@/lib/access/sign-in-code'
import { throttle } from '@/lib/access/throttle'
import { whereOf } from '@/lib/access/where-of'
import { clientNetwork } from '@/lib/base/client-address'
import { goIn } from '../go-in'

const Form = z.object({
  tenant: z.string().max(40),
  token: z.string().regex(/^[\w-]{43}$/),
  code: z.string().max(20).default(''),
})

export async function confirm(form: FormData): Promise<void> {
  redirect(await decide(form))
}

/** @returns the address to go on to */
async function decide(form: FormData): Promise<string> {
  const asked = Form.safeParse(Object.fromEntries(form))
  if (!asked.success) return '/console/sign-in/confirm?because=expired'
  const { tenant: tenantId, token } = asked.data
  const from = await headers()
  const tries = await throttle('enter', clientNetwork(from))
  if (!tries.ok) return '/console/sign-in/confirm?because=throttled'
  const browserToken = (await readCookie('browser')) ?? ''
  const [code, where] = [typedCode(asked.data.code), whereOf(from)]
  const answer = await confirmSignIn({ audience: 'staff', tenantId, token, browserToken, code, where })
  if (!answer.ok && answer.because === 'expired') return '/console/sign-in/confirm?because=expired'
  if (!answer.ok) {
    const wrong = answer.because === 'code' ? `&left=${answer.left}` : ''
    return `/console/sign-in/confirm?tenant=${tenantId}&token=${token}&because=${answer.because}${wrong}`
  }
  const onward = await goIn(answer)
  return !answer.isWaiting && answer.returnTo?.startsWith('/console') ? answer.returnTo : onward
}
