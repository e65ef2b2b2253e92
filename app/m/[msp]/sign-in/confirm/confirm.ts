'use server'

import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { dropCookie, readCookie, writeCookie } from '@/lib/access/cookies'
import { confirmSignIn } from '@/lib/access/sign-in'
import { throttle } from '@/lib/access/throttle'
import { clientNetwork } from '@/lib/base/client-address'
import { findMsp } from '../../msp'

const Form = z.object({ token: z.string().max(80) })

export async function confirm(slug: string, form: FormData): Promise<void> {
  redirect(await decide(slug, form))
}

/** @returns the address to go on to */
async function decide(slug: string, form: FormData): Promise<string> {
  const { id: tenantId } = await findMsp(slug)
  const place = `/m/${encodeURIComponent(slug)}`
  const asked = Form.safeParse({ token: form.get('token') })
  if (!asked.success) return `${place}/sign-in/confirm?because=unknown`
  const tries = await throttle('confirm', clientNetwork(await headers()))
  if (!tries.ok) return `${place}/sign-in/confirm?because=busy`
  const browserToken = (await readCookie('browser')) ?? ''
  const answer = await confirmSignIn({ tenantId, token: asked.data.token, browserToken })
  if (!answer.ok) return `${place}/sign-in/confirm?because=${answer.because}`
  if (answer.audience !== 'contact') return `${place}/sign-in/confirm?because=unknown`
  await writeCookie('contact', answer.cookie)
  await dropCookie('browser')
  return answer.returnTo?.startsWith(`${place}/`) ? answer.returnTo : place
}
