'use server'

import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { after } from 'next/server'
import { z } from 'zod'
import { readCookie, writeCookie } from '@/lib/access/cookies'
import { askSignIn, browserTokenFor } from '@/lib/access/sign-in'
import { throttle } from '@/lib/access/throttle'
import { clientNetwork } from '@/lib/base/client-address'

const Form = z.object({ email: z.email().max(200) })

export type AskState = { error: string; email: string } | undefined

/** @returns what is wrong with the address, or goes on to "Check your mail" whether or not it is known */
export async function askForLink(_: AskState, form: FormData): Promise<AskState> {
  const asked = Form.safeParse(Object.fromEntries(form))
  const typed = String(form.get('email') ?? '').slice(0, 200)
  if (!asked.success)
    return { error: 'An address has an @ and a dot after it, like renee@larkfield.com.', email: typed }
  const { email } = asked.data
  const from = clientNetwork(await headers())
  const [byAddress, byPlace] = [await throttle('signIn', email.toLowerCase()), await throttle('enter', from)]
  if (!byAddress.ok || !byPlace.ok)
    return { error: 'Too many links were asked for. Wait ten minutes, then ask again.', email: typed }
  const browserToken = browserTokenFor(await readCookie('browser'))
  // Once the answer is on its way: how long the search takes would tell whether the address is known.
  after(() => askSignIn({ audience: 'staff', email, returnTo: '/console', browserToken }))
  await writeCookie('browser', browserToken, 600)
  redirect('/console/sign-in?asked=1')
}
