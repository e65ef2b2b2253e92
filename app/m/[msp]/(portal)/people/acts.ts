'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { changePersonsRole, contactRoles, invitePerson, type PeopleAnswer, removePerson } from '@/lib/access/people'
import { requireContact } from '@/lib/access/require-contact'
import { throttle } from '@/lib/access/throttle'
import { type Said, said } from './said'

export type InviteState =
  | { because: Exclude<Said, 'invited' | 'changed' | 'removed'>; kept: { name: string; email: string; role: string } }
  | undefined

const Invitation = z.object({
  name: z.string().trim().min(1).max(80),
  email: z.string().trim().pipe(z.email().max(200)),
  role: z.enum(contactRoles),
})

/** @returns what is wrong with it; otherwise a mail is on its way */
export async function invite(
  slug: string,
  lang: string | undefined,
  _: InviteState,
  form: FormData,
): Promise<InviteState> {
  const actor = await requireContact(slug)
  const typed = (name: string) => String(form.get(name) ?? '').slice(0, 200)
  const kept = { name: typed('name'), email: typed('email'), role: typed('role') }
  const asked = Invitation.safeParse(kept)
  if (!asked.success) return { because: 'incomplete', kept }
  const isFew = actor.role !== 'owner' || (await throttle('invite', actor.tenantId, actor.clientId)).ok
  if (!isFew) return { because: 'too-often', kept }
  const answer = await invitePerson(actor, asked.data)
  return answer.ok ? tell(slug, lang, answer, 'invited') : { because: answer.because, kept }
}

export async function giveRole(slug: string, lang: string | undefined, form: FormData): Promise<void> {
  const actor = await requireContact(slug)
  const role = z.enum(contactRoles).safeParse(form.get('role'))
  const answer: PeopleAnswer = role.success
    ? await changePersonsRole(actor, String(form.get('id')), role.data)
    : { ok: false, because: 'unknown' }
  tell(slug, lang, answer, 'changed')
}

export async function remove(slug: string, lang: string | undefined, form: FormData): Promise<void> {
  const actor = await requireContact(slug)
  tell(slug, lang, await removePerson(actor, String(form.get('id'))), 'removed')
}

function tell(slug: string, lang: string | undefined, answer: PeopleAnswer, done: Said): never {
  const told = new URLSearchParams({ [said]: answer.ok ? done : answer.because })
  if (lang !== undefined) told.set('lang', lang)
  redirect(`/m/${encodeURIComponent(slug)}/people?${told}`)
}
