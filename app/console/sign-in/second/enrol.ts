'use server'

import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/server'
import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { encode } from 'uqr'
import { type AddedFactor, beginCodeApp, confirmCodeApp } from '@/lib/access/code-app'
import { writeCookie } from '@/lib/access/cookies'
import { addPasskey } from '@/lib/access/factors'
import { MadePasskey } from '@/lib/access/passkey-shapes'
import { beginPasskey } from '@/lib/access/passkeys'
import { enterWithFactor, moveSession } from '@/lib/access/prove'
import { requireEnroller, requireStaff, type StaffActor } from '@/lib/access/require-staff'
import { consoleSite } from '@/lib/access/site'
import { getShell } from '@/lib/reports/shell'

const page = '/console/security'

/** `path` draws the dark squares of a code for the phone's camera, `size` squares wide. */
export type BegunApp = { secret: string; path: string; size: number }

/** A new secret for the app, as letters and as a picture. */
export async function beginApp(): Promise<BegunApp> {
  const { actor } = await requireEnroller(page)
  const { secret, uri } = await beginCodeApp(actor)
  const { data, size } = encode(uri, { border: 4 })
  const path = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : []))).join('')
  return { secret, path, size }
}

/** The app's first digits. */
export async function keepApp(code: string): Promise<AddedFactor> {
  const { actor, isWaiting } = await requireEnroller(page)
  return added(actor, isWaiting, await confirmCodeApp(actor, String(code).replaceAll(' ', '')))
}

/** What the browser needs to make a passkey. */
export async function beginKey(): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const { actor } = await requireEnroller(page)
  const { staffName: name, staffEmail: email } = await getShell(actor)
  return beginPasskey(actor, consoleSite(), { name, email })
}

/** The passkey that it made. */
export async function keepKey(response: unknown, name: string): Promise<AddedFactor> {
  const { actor, isWaiting } = await requireEnroller(page)
  const made = MadePasskey.safeParse(response)
  if (!made.success) return { ok: false, because: 'wrong' }
  return added(actor, isWaiting, await addPasskey(actor, consoleSite(), { response: made.data, name: String(name) }))
}

/** The recovery codes are stored: on to the console, under a new secret. */
export async function goIn(): Promise<void> {
  const cookie = await moveSession(await requireStaff())
  if (cookie !== undefined) await writeCookie('staff', cookie)
  redirect('/console')
}

/** Whoever waited for a first factor has it now, and has shown that it works. */
async function added(actor: StaffActor, isWaiting: boolean, answer: AddedFactor): Promise<AddedFactor> {
  if (answer.ok && isWaiting) await enterWithFactor(actor)
  // While recovery codes are on the screen the page stays as it is: they are shown this once.
  if (answer.ok && answer.recoveryCodes.length === 0) revalidatePath(page)
  return answer
}
