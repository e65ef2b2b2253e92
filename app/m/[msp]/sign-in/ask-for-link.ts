'use server'

import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { after } from 'next/server'
import { z } from 'zod'
import { readCookie, writeCookie } from '@/lib/access/cookies'
import { askSignIn, browserTokenFor } from '@/lib/access/sign-in'
import { throttle } from '@/lib/access/throttle'
import { clientNetwork } from '@/lib/base/client-address'
import { ourHost } from '@/lib/tenancy/keep-host'
import { hostNameOf, isOurs } from '@/lib/tenancy/route-host'
import { findMsp } from '../msp'

const Form = z.object({ email: z.email().max(254) })
const tenMinutes = 600

export type AskState = 'idle' | 'address' | 'busy'

/** The address stays out of the next page’s address. The answer is the same for an address nobody has: it goes on to "Check your mail". */
export async function askForLink(
  slug: string,
  lang: string | undefined,
  _: AskState,
  form: FormData,
): Promise<AskState> {
  const tenant = await findMsp(slug)
  const asked = Form.safeParse({ email: String(form.get('email') ?? '').trim() })
  if (!asked.success) return 'address'
  const { email } = asked.data
  const from = clientNetwork(await headers())
  const tries = [await throttle('signIn', tenant.id, email.toLowerCase()), await throttle('enter', from)]
  if (tries.some(({ ok }) => !ok)) return 'busy'
  const isOwnHost = !isOurs(hostNameOf((await headers()).get('host')), ourHost())
  const returnTo = isOwnHost ? '/' : `/m/${slug}`
  const browserToken = browserTokenFor(await readCookie('browser'))
  // Once the answer is on its way: how long the search takes would tell whether the address is known.
  after(() => askSignIn({ audience: 'contact', tenantId: tenant.id, email, returnTo, browserToken }))
  await writeCookie('browser', browserToken, tenMinutes)
  const query = new URLSearchParams({ asked: '1', ...(lang === undefined ? {} : { lang }) })
  redirect(`/m/${encodeURIComponent(slug)}/sign-in?${query}`)
}
