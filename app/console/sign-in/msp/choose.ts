'use server'

import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { dropCookie, readCookie } from '@/lib/access/cookies'
import { enterChosen } from '@/lib/access/enter-with-directory'
import { throttle } from '@/lib/access/throttle'
import { whereOf } from '@/lib/access/where-of'
import { clientNetwork } from '@/lib/base/client-address'
import { goIn } from '../go-in'

/** The MSP was chosen, among those that the directory's answer is good for. */
export async function choose(form: FormData): Promise<void> {
  const from = await headers()
  const tries = await throttle('enter', clientNetwork(from))
  if (!tries.ok) redirect('/console/sign-in?because=throttled')
  const kept = (await readCookie('directory')) ?? ''
  const entered = await enterChosen(kept, String(form.get('tenant')), whereOf(from))
  if (!entered.ok) redirect('/console/sign-in?because=refused')
  await dropCookie('directory')
  redirect(await goIn(entered))
}
