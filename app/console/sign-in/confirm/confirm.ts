'use server'

import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { dropCookie, readCookie, writeCookie } from '@/lib/access/cookies'
import { confirmSignIn } from '@/lib/access/sign-in'
import { throttle } from '@/lib/access/throttle'
import { clientNetwork } from '@/lib/base/client-address'

const Form = z.object({ tenant: z.string().max(40), token: z.string().max(80) })

export async function confirm(form: FormData): Promise<void> {
  redirect(await decide(form))
}

/** @returns the address to go on to */
async function decide(form: FormData): Promise<string> {
  const asked = Form.safeParse(Object.fromEntries(form))
  if (!asked.success) return '/console/sign-in/confirm?because=expired'
  const { tenant: tenantId, token } = asked.data
  const tries = await throttle('confirm', clientNetwork(await headers()))
  if (!tries.ok) return '/console/sign-in/confirm?because=throttled'
  const answer = await confirmSignIn({ tenantId, token, browserToken: (await readCookie('browser')) ?? '' })
  if (!answer.ok) return `/console/sign-in/confirm?because=${answer.because}`
  await writeCookie('staff', answer.cookie)
  await dropCookie('browser')
  return answer.returnTo?.startsWith('/console') ? answer.returnTo : '/console'
}
