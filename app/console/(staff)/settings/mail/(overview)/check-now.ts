'use server'

import { redirect } from 'next/navigation'
import { mayManage } from '@/lib/access/actor'
import { requireStaff } from '@/lib/access/require-staff'
import { throttle } from '@/lib/access/throttle'
import { checkSender } from '@/lib/mail/sender/check-sender'

/** @returns why it was not asked, in words */
export async function checkNow(_: string, form: FormData): Promise<string> {
  const actor = await requireStaff()
  if (!mayManage(actor)) return 'Your role may look at the records, not ask for them.'
  if (!(await throttle('senderCheck', actor.tenantId)).ok) return 'Asked often enough. Try again in a few minutes.'
  const checked = await checkSender(actor.tenantId, String(form.get('selector') ?? ''))
  if (!checked.ok)
    return checked.because === 'selector'
      ? 'A selector is a short name of letters, digits and hyphens, like selector1.'
      : 'The sender’s domain is not on the internet.'
  redirect('/console/settings/mail#checks')
}
