'use server'

import { notFound, redirect } from 'next/navigation'
import { requireFreshStaff } from '@/lib/access/require-staff'
import { erasePerson } from '@/lib/privacy/erase-person'
import { setRetention } from '@/lib/privacy/set-retention'
import { Retention, type RetentionName, retentionLimits } from '@/lib/tenancy/retention'
import { retentionNames } from './retention-names'

const page = '/console/settings/privacy'

/** What is wrong, by field, and what was typed. */
export type RetentionState =
  | { problems: Partial<Record<RetentionName, string>>; kept: Record<RetentionName, string> }
  | undefined

/** How long what names a person is kept. @returns what is wrong with it */
export async function saveRetention(_: RetentionState, form: FormData): Promise<RetentionState> {
  const actor = await requireFreshStaff(page)
  const typed = (name: RetentionName) =>
    String(form.get(name) ?? '')
      .trim()
      .slice(0, 12)
  const kept = {
    signInMonths: typed('signInMonths'),
    challengeDays: typed('challengeDays'),
    mailMonths: typed('mailMonths'),
    mandateYears: typed('mandateYears'),
  }
  const figures = Object.entries(kept).map(([name, text]) => [name, /^\d+$/.test(text) ? Number(text) : text])
  const asked = Retention.safeParse(Object.fromEntries(figures))
  if (!asked.success) {
    const wrong = asked.error.issues.map(({ path }) => path[0])
    const problems = retentionNames
      .filter((name) => wrong.includes(name))
      .map((name) => [name, `A whole number, ${retentionLimits[name].least} to ${retentionLimits[name].most}.`])
    return { problems: Object.fromEntries(problems), kept }
  }
  redirect(`${page}?said=${(await setRetention(actor, asked.data)) ? 'saved' : 'not-owner'}`)
}

/** Takes away what names somebody. What keeps it from being done stands on their page. */
export async function erase(form: FormData): Promise<void> {
  const id = String(form.get('id'))
  const actor = await requireFreshStaff(`${page}/${encodeURIComponent(id)}`)
  const erased = await erasePerson(actor, id)
  if (erased.ok) redirect(`${page}?said=erased`)
  if (erased.because === 'unknown') notFound()
  redirect(erased.because === 'not-owner' ? `${page}?said=not-owner` : `${page}/${encodeURIComponent(id)}?said=held`)
}
