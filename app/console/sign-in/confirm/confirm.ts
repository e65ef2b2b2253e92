'use server'

import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { confirmSignIn } from '@/lib/access/confirm-sign-in'
import { dropCookie, readCookie, writeCookie } from '@/lib/access/cookies'
import { closeSession } from '@/lib/access/session'
import { typedCode } from '@/lib/access/sign-in-code'
import { throttle } from '@/lib/access/throttle'
import { whereOf } from '@/lib/access/where-of'
import { clientNetwork } from '@/lib/base/client-address'

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
  // The session that this one takes the place of: nobody will look at it any more.
  const before = await readCookie('staff')
  if (before !== undefined) await closeSession(before)
  await writeCookie('staff', answer.cookie)
  await dropCookie('browser')
  if (answer.isWaiting) return '/console/sign-in/second'
  return answer.returnTo?.startsWith('/console') ? answer.returnTo : '/console'
}
