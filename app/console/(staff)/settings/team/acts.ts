'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { requireFreshStaff } from '@/lib/access/require-staff'
import { changeRole, inviteStaff, removeStaff, resetFactors, staffRoles, type TeamAnswer } from '@/lib/access/team'

const page = '/console/settings/team'

export type InviteState = { problem: string; kept: { name: string; email: string; role: string } } | undefined

const Invitation = z.object({
  name: z.string().trim().min(1).max(80),
  email: z.string().trim().pipe(z.email().max(200)),
  role: z.enum(staffRoles),
})

/** @returns what is wrong with it; otherwise a mail is on its way */
export async function invite(_: InviteState, form: FormData): Promise<InviteState> {
  const actor = await requireFreshStaff(page)
  const typed = (name: string) => String(form.get(name) ?? '').slice(0, 200)
  const kept = { name: typed('name'), email: typed('email'), role: typed('role') }
  const asked = Invitation.safeParse(kept)
  if (!asked.success) return { problem: 'A name, an address and a role are needed.', kept }
  const answer = await inviteStaff(actor, asked.data)
  if (answer.ok) redirect(`${page}?said=invited`)
  const problem =
    answer.because === 'already' ? 'Somebody with this address is here already.' : 'Only an owner invites.'
  return { problem, kept }
}

export async function giveRole(form: FormData): Promise<void> {
  const actor = await requireFreshStaff(page)
  const role = z.enum(staffRoles).safeParse(form.get('role'))
  if (!role.success) redirect(`${page}?said=unknown`)
  tell(await changeRole(actor, String(form.get('id')), role.data), 'changed')
}

export async function removeColleague(form: FormData): Promise<void> {
  const actor = await requireFreshStaff(page)
  tell(await removeStaff(actor, String(form.get('id'))), 'removed')
}

export async function resetColleague(form: FormData): Promise<void> {
  const actor = await requireFreshStaff(page)
  tell(await resetFactors(actor, String(form.get('id'))), 'reset')
}

function tell(answer: TeamAnswer, done: string): never {
  redirect(`${page}?said=${answer.ok ? done : answer.because}`)
}
