'use server'

import { revalidatePath } from 'next/cache'
import { mayManage } from '@/lib/access/actor'
import { requireStaff } from '@/lib/access/require-staff'
import { throttle } from '@/lib/access/throttle'
import { checkSender } from '@/lib/mail/sender/check-sender'

/** Why it was not asked, in words, and what was typed; undefined once it was. */
export type NotChecked = { problem: string; typed: string } | undefined

export async function checkNow(_: NotChecked, form: FormData): Promise<NotChecked> {
  const actor = await requireStaff()
  const typed = String(form.get('selector') ?? '').slice(0, 80)
  const refused = (problem: string) => ({ problem, typed })
  if (!mayManage(actor)) return refused('Your role may look at the records, not ask for them.')
  if (!(await throttle('senderCheck', actor.tenantId)).ok)
    return refused('Asked often enough. Try again in a few minutes.')
  const checked = await checkSender(actor.tenantId, typed)
  if (!checked.ok)
    return refused(
      checked.because === 'selector'
        ? 'A selector is a short name of letters, digits and hyphens, like selector1.'
        : 'The sender’s domain is not on the internet.',
    )
  revalidatePath('/console/settings/mail')
}
