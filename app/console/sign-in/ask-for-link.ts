'use server'

import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { writeCookie } from '@/lib/access/cookies'
import { askSignIn } from '@/lib/access/sign-in'
import { throttle } from '@/lib/access/throttle'

const Form = z.object({ email: z.email().max(200) })

/** @returns what is wrong with the address, or goes on to "Check your mail" whether or not it is known */
export async function askForLink(_: string | undefined, form: FormData): Promise<string | undefined> {
  const asked = Form.safeParse(Object.fromEntries(form))
  if (!asked.success) return 'An address has an @ and a dot after it, like renee@larkfield.com.'
  const { email } = asked.data
  const from = (await headers()).get('x-forwarded-for') ?? ''
  const [byAddress, byPlace] = [await throttle('signIn', email.toLowerCase()), await throttle('confirm', from)]
  if (!byAddress.ok || !byPlace.ok) return 'Too many links were asked for. Wait ten minutes, then ask again.'
  const { browserToken } = await askSignIn({ audience: 'staff', email, returnTo: '/console' })
  await writeCookie('browser', browserToken, 600)
  redirect('/console/sign-in?asked=1')
}
