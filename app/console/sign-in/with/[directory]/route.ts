import { headers } from 'next/headers'
import { notFound, redirect } from 'next/navigation'
import { writeCookie } from '@/lib/access/cookies'
import { beginAtDirectory, directoryOf } from '@/lib/access/directories'
import { requireFreshStaff } from '@/lib/access/require-staff'
import { throttle } from '@/lib/access/throttle'
import { clientNetwork } from '@/lib/base/client-address'

type Props = { params: Promise<{ directory: string }> }

/** Sends the browser to a directory outside; with `?add=1`, whoever is signed in adds the account they have there. */
export async function GET(request: Request, { params }: Props): Promise<never> {
  const directory = directoryOf((await params).directory)
  if (directory === undefined) notFound()
  const adds = new URL(request.url).searchParams.has('add')
  if (adds) await requireFreshStaff('/console/security')
  const home = adds ? '/console/security?said=directory-' : '/console/sign-in?because='
  const tries = await throttle('enter', clientNetwork(await headers()))
  if (!tries.ok) redirect(`${home}throttled`)
  const begun = await beginAtDirectory(directory, adds ? 'add' : 'enter')
  if (begun === undefined) redirect(`${home}unreachable`)
  await writeCookie('directory', begun.kept, 600)
  redirect(begun.url)
}
