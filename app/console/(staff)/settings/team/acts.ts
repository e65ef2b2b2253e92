'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { requireSecondPerson } from '@/lib/access/require-second-person'
import { requireFreshStaff } from '@/lib/access/require-staff'
import { changeRole, inviteStaff, removeStaff, resetFactors, staffRoles, type TeamAnswer } from '@/lib/access/team'
import { withTenant } from '@/lib/base/db'
import { readAmount } from '@/lib/money/read-amount'
import { getTenant } from '@/lib/tenancy/queries'

const page = '/console/settings/team'
/** In minor units: above it the rule says nothing any more. */
const amountMax = 100_000_000_000n

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

export type SecondPersonState = { problem: string; kept: string } | undefined

/** Above which amount a refund waits for a second person; nothing typed: none does. @returns what is wrong with it */
export async function setSecondPerson(_: SecondPersonState, form: FormData): Promise<SecondPersonState> {
  const actor = await requireFreshStaff(page)
  const kept = String(form.get('amount') ?? '')
    .trim()
    .slice(0, 30)
  const { currency } = await withTenant(actor.tenantId, getTenant)
  const minor = kept === '' ? undefined : readAmount(kept, currency)
  if (kept !== '' && (minor === undefined || minor > amountMax))
    return { problem: 'An amount looks like 1,000.00. Leave it empty and one person is enough.', kept }
  const answer = await requireSecondPerson(actor, minor === undefined ? undefined : Number(minor))
  if (answer.ok) redirect(`${page}?said=second`)
  if (answer.because === 'not-owner') redirect(`${page}?said=not-owner`)
  return {
    problem: 'You are the only owner or finance person here: nobody could approve. Invite somebody first.',
    kept,
  }
}

function tell(answer: TeamAnswer, done: string): never {
  redirect(`${page}?said=${answer.ok ? done : answer.because}`)
}
