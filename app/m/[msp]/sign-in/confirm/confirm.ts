'use server'

import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { confirmSignIn } from '@/lib/access/confirm-sign-in'
import { dropCookie, readCookie, writeCookie } from '@/lib/access/cookies'
import { typedCode } from '@/lib/access/sign-in-code'
import { throttle } from '@/lib/access/throttle'
import { whereOf } from '@/lib/access/where-of'
import { clientNetwork } from '@/lib/base/client-address'
import { findMsp } from '../../msp'

const Form = z.object({ token: z.string().regex(/^[\w-]{43}$/), code: z.string().max(20).default('') })

export async function confirm(slug: string, form: FormData): Promise<void> {
  redirect(await decide(slug, form))
}

/** @returns the address to go on to */
async function decide(slug: string, form: FormData): Promise<string> {
  const { id: tenantId } = await findMsp(slug)
  const place = `/m/${encodeURIComponent(slug)}`
  const asked = Form.safeParse(Object.fromEntries(form))
  if (!asked.success) return `${place}/sign-in/confirm?because=unknown`
  const { token } = asked.data
  const from = await headers()
  const tries = await throttle('enter', clientNetwork(from))
  if (!tries.ok) return `${place}/sign-in/confirm?because=busy`
  const browserToken = (await readCookie('browser')) ?? ''
  const [code, where] = [typedCode(asked.data.code), whereOf(from)]
  const answer = await confirmSignIn({ audience: 'contact', tenantId, token, browserToken, code, where })
  if (!answer.ok && answer.because === 'expired') return `${place}/sign-in/confirm?because=expired`
  if (!answer.ok) {
    const wrong = answer.because === 'code' ? `&left=${answer.left}` : ''
    return `${place}/sign-in/confirm?token=${token}&because=${answer.because}${wrong}`
  }
  await writeCookie({ contactOf: slug }, answer.cookie)
  await dropCookie('browser')
  return answer.returnTo?.startsWith(`${place}/`) ? answer.returnTo : place
}
