'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { apiScopes } from '@/lib/access/api-key'
import { makeApiKey, rotateApiKey } from '@/lib/access/make-api-key'
import { requireFreshStaff, requireStaff } from '@/lib/access/require-staff'
import { revokeApiKey } from '@/lib/access/revoke-api-key'

const page = '/console/settings/api-keys'

/** `problems` by field; `kept` is what was typed. */
export type KeyState =
  | { made: { id: string; key: string } }
  | { problems: { name?: string; scopes?: string; refused?: string }; kept: { name: string; scopes: string[] } }
  | undefined

const New = z.object({
  name: z.string().trim().min(1, 'Name the program that will use it.').max(60, 'Use at most 60 letters.'),
  scopes: z.array(z.enum(apiScopes)).min(1, 'Choose at least one thing it may do.'),
})

export async function makeKey(_: KeyState, form: FormData): Promise<KeyState> {
  const actor = await requireFreshStaff(page)
  const kept = { name: String(form.get('name') ?? '').slice(0, 200), scopes: form.getAll('scopes').map(String) }
  const wanted = New.safeParse(kept)
  if (!wanted.success) {
    const { fieldErrors } = z.flattenError(wanted.error)
    const [name, scopes] = [fieldErrors.name?.[0], fieldErrors.scopes?.[0]]
    return { problems: { ...(name && { name }), ...(scopes && { scopes }) }, kept }
  }
  const made = await makeApiKey(actor, wanted.data)
  if (!made.ok) return { problems: { refused: 'Only an owner may make keys.' }, kept }
  revalidatePath(page)
  return { made: { id: made.id, key: made.key } }
}

const Rotation = z.object({ id: z.uuid(), overlapHours: z.enum(['0', '1', '24', '168']).transform(Number) })

/**
 * The page is not drawn anew: the row whose dialog shows the successor may be gone by then.
 * @returns the successor, shown once; a word when there is none
 */
export async function rotateKey(_: unknown, form: FormData): Promise<{ key: string } | { refused: string }> {
  const actor = await requireFreshStaff(page)
  const asked = Rotation.safeParse(Object.fromEntries(form))
  if (!asked.success) return { refused: 'Choose how long the old key works on.' }
  const made = await rotateApiKey(actor, asked.data.id, asked.data.overlapHours)
  if (!made.ok) {
    const words = { 'not-owner': 'Only an owner may rotate keys.', unknown: 'This key has ended already.' }
    return { refused: words[made.because] }
  }
  return { key: made.key }
}

export async function revokeKey(form: FormData): Promise<void> {
  const actor = await requireStaff()
  const revoked = await revokeApiKey(actor, String(form.get('id')))
  redirect(`${page}?said=${revoked ? 'revoked' : 'not-revoked'}`)
}
