import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { dropCookie, readCookie, writeCookie } from '@/lib/access/cookies'
import { comeBackFromDirectory } from '@/lib/access/directories'
import { enterWithDirectory } from '@/lib/access/enter-with-directory'
import { requireFreshStaff } from '@/lib/access/require-staff'
import { addIdentity } from '@/lib/access/staff-identities'
import { throttle } from '@/lib/access/throttle'
import { whereOf } from '@/lib/access/where-of'
import { clientNetwork } from '@/lib/base/client-address'
import { goIn } from '../go-in'

/** Where a directory sends the browser back to: its answer counts once, and only in the browser that was sent there. */
export async function GET(request: Request): Promise<never> {
  const from = await headers()
  const tries = await throttle('enter', clientNetwork(from))
  if (!tries.ok) redirect('/console/sign-in?because=throttled')
  const kept = (await readCookie('directory')) ?? ''
  await dropCookie('directory')
  const back = await comeBackFromDirectory(kept, new URL(request.url).searchParams.toString())
  if (back.purpose === 'add') {
    const actor = await requireFreshStaff('/console/security')
    const isAdded = back.ok && (await addIdentity(actor, back.proven))
    redirect(`/console/security?said=directory-${back.ok ? (isAdded ? 'added' : 'taken') : back.because}`)
  }
  if (!back.ok) redirect(`/console/sign-in?because=${back.because}`)
  const entered = await enterWithDirectory(back.proven, whereOf(from))
  if (entered.ok) redirect(await goIn(entered))
  if (entered.because === 'unknown') redirect('/console/sign-in?because=unknown')
  await writeCookie('directory', entered.kept, 600)
  redirect('/console/sign-in/msp')
}
